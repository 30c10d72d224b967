# An operator that writes octets, not PDUs: what no codec would send.
package Raw;
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;
use Socket qw(IPPROTO_TCP TCP_NODELAY);
use Time::HiRes qw(time);

our %COMMAND = (nack => 0x80000000, bind_receiver => 1, bind_transmitter => 2, submit_sm => 4, deliver_sm => 5,
	unbind => 6, bind_transceiver => 9, outbind => 0xB, enquire_link => 0x15, data_sm => 0x103);

# Over a socket that is connected.
sub new {
	my ($class, $socket, %arg) = @_;
	setsockopt $socket, IPPROTO_TCP, TCP_NODELAY, 1;
	return bless {socket => $socket, buffer => '', seq => 0, submits => [], %arg}, $class;
}

# Waits for a connection of kabard; over: a Kabar or another hash with a listening socket.
sub accept {
	my ($class, $over, $seconds) = @_;
	return undef if !IO::Select->new($over->{listen})->can_read($seconds || $Kabar::PATIENCE);
	CORE::accept(my $handle, $over->{listen}) or return undef;
	return $class->new($handle);
}

# A listening socket of its own: {listen, port}.
sub listener {
	my $listen = IO::Socket::INET->new(Listen => 5, LocalAddr => '127.0.0.1', ReuseAddr => 1) or die "listen: $!";
	return {listen => $listen, port => $listen->sockport};
}

# Answers unbind and waits for the end of the connection.
sub part {
	my ($me, $seconds) = @_;
	while (my $pdu = $me->read(seconds => $seconds || $Kabar::PATIENCE)) {
		next if $pdu->{command} != 6;
		$me->{unbound}++;
		$me->write(0x80000006, 0, $pdu->{seq});
	}
	return $me->{ended} && $me->{unbound};
}

# The same, and binds; on_submit as in read().
sub accept_bound {
	my ($class, $kabar, %arg) = @_;
	my $me = $class->accept($kabar, $arg{seconds}) or return undef;
	my $bind = $me->read(auto => 0) or return undef;
	$me->write($bind->{command} | 0x80000000, 0, $bind->{seq}, "smsc\0");
	return $me;
}

sub pdu {
	my ($command, $status, $seq, $body) = @_;
	return pack('NNNN', 16 + length $body, $command, $status, $seq) . $body;
}

sub octets {
	my ($me, $octets) = @_;
	while (length $octets) {
		my $written = syswrite $me->{socket}, $octets;
		return 0 if !$written;
		substr $octets, 0, $written, '';
	}
	return 1;
}

sub write {
	my ($me, $command, $status, $seq, $body) = @_;
	return $me->octets(pdu($command, $status, $seq, defined $body ? $body : ''));
}

# The body of a deliver_sm; %more: esm, coding, tlvs, to, pid, service.
sub message {
	my ($from, $octets, %more) = @_;
	(my $digits = $from) =~ s/^\+//;
	my ($short, $tlvs) = ($octets, $more{tlvs} || '');
	($short, $tlvs) = ('', $tlvs . tlv(0x0424, $octets)) if $more{payload} || length $octets > 254;
	return pack('Z*CCZ*CCZ*CCCxxCxCxC', $more{service} || '', $more{ton} // 1, 1, $digits, 0, 1, $more{to} || '2255',
		$more{esm} || 0, $more{pid} || 0, 0, $more{registered} || 0, $more{coding} || 0, length $short) . $short . $tlvs;
}

# data_sm: its mandatory part ends with data_coding.
sub data_message {
	my ($from, $octets, %more) = @_;
	(my $digits = $from) =~ s/^\+//;
	return pack('Z*CCZ*CCZ*CCC', $more{service} || '', $more{ton} // 1, 1, $digits, 0, 1, $more{to} || '2255', $more{esm} || 0,
		0, $more{coding} || 0) . tlv(0x0424, $octets) . ($more{tlvs} || '');
}

sub tlv { pack('nn/a*', $_[0], $_[1]) }

# Sends a deliver_sm; its sequence number.
sub deliver {
	my ($me, $from, $octets, %more) = @_;
	my $seq = $more{seq} || ++$me->{seq};
	$me->write($COMMAND{deliver_sm}, 0, $seq, message($from, $octets, %more));
	return $seq;
}

# The next PDU, as a hash; undef: none came in time, or the end ($me->{ended}). With auto (the standard) enquiries
# and submits are answered and not told, submits are kept in {submits}; {on_submit}->($me, $pdu) may do that instead.
sub read {
	my ($me, %arg) = @_;
	my $until = time + ($arg{seconds} || $Kabar::PATIENCE);
	while (1) {
		my $pdu = $me->next_pdu($until) or return undef;
		return $pdu if exists $arg{auto} && !$arg{auto};
		if ($pdu->{command} == 0x15) {
			$me->write(0x80000015, 0, $pdu->{seq});
		} elsif ($pdu->{command} == 4) {
			$me->take_submit($pdu);
		} else {
			return $pdu;
		}
	}
}

sub next_pdu {
	my ($me, $until) = @_;
	while (1) {
		my $length = length $me->{buffer} >= 4 ? unpack 'N', $me->{buffer} : 0;
		if ($length && length $me->{buffer} >= $length) {
			my ($command, $status, $seq) = unpack 'x4NNN', $me->{buffer};
			my $body = substr $me->{buffer}, 16, $length - 16;
			substr $me->{buffer}, 0, $length, '';
			return {command => $command, status => $status, seq => $seq, body => $body};
		}
		return undef if time >= $until || !IO::Select->new($me->{socket})->can_read($until - time);
		my $got = sysread $me->{socket}, $me->{buffer}, 65536, length $me->{buffer};
		if (!$got) {
			$me->{ended} = 1;
			return undef;
		}
	}
}

sub take_submit {
	my ($me, $pdu) = @_;
	my ($service, $ton, $npi, $from, $dton, $dnpi, $to, $esm, $pid, $priority, $schedule, $validity, $registered, $replace,
		$coding, $default, $length) = unpack 'Z*CCZ*CCZ*CCCZ*Z*CCCCC', $pdu->{body};
	my $text = substr $pdu->{body}, length($pdu->{body}) - $length;
	my $submit = {%$pdu, from => $from, to => ($dton == 1 ? '+' : '') . $to, coding => $coding, esm => $esm, text => $text,
		registered => $registered};
	push @{$me->{submits}}, $submit;
	return $me->{on_submit}->($me, $submit) if $me->{on_submit};
	$me->accept_submit($submit, sprintf '%x', ++$me->{ids});
}

sub accept_submit {
	my ($me, $submit, $id) = @_;
	$submit->{taken} = 1;
	$me->write(0x80000004, 0, $submit->{seq}, "$id\0");
}

# The response to our request with that sequence number; others are dropped.
sub response {
	my ($me, $seq, $seconds) = @_;
	my $until = time + ($seconds || $Kabar::PATIENCE);
	while (my $pdu = $me->read(seconds => $until - time)) {
		return $pdu if $pdu->{command} & 0x80000000 && $pdu->{seq} == $seq;
	}
	return undef;
}

# Reads until done() is true.
sub until {
	my ($me, $done, $seconds) = @_;
	my $until = time + ($seconds || $Kabar::PATIENCE);
	until ($done->()) {
		my $left = $until - time;
		return 0 if $left <= 0 || $me->{ended};
		my $pdu = $me->read(seconds => $left < 0.05 ? $left : 0.05) or next;
		push @{$me->{others}}, $pdu;
	}
	return 1;
}

# True when kabard closed the connection; what it said before is kept in {others}.
sub hung_up {
	my ($me, $seconds) = @_;
	return $me->until(sub { $me->{ended} }, $seconds) || $me->{ended};
}

sub close { CORE::close($_[0]{socket}) }

1;
