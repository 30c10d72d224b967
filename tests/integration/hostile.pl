# Operators that break rules: octets in pieces and in heaps, lengths that lie, strange PDUs, states and answers.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Kabar;
use Raw;
use Test::More;

my $from = '+6281200000003';
my $seq = 1000;
my $kabar = Kabar->new(now => '2024-08-15 03:00:00');
$kabar->configure(
	limits => {repeat_times => 1000, outbox => 50, inbox => 100},
	outbox => {retry => 1},
	'smsc uji' => {window => 5, response_timeout => 4, enquire_link => 3600},
);
$kabar->import_context;
$kabar->import_crowd(800);
$kabar->start;
my $smsc = bound();

# A deliver_sm to say or its status; the name of the test is what it shows.
sub says {
	my ($octets, $wanted, $name, $to) = @_;
	($to || $smsc)->octets($octets);
	my $answer = ($to || $smsc)->response(unpack 'x12N', $octets);
	is($answer ? $answer->{status} : 'no answer', $wanted, $name);
	return $answer;
}

sub deliver_octets { Raw::pdu(5, 0, ++$seq, Raw::message($from, @_)) }

sub works {
	my ($name) = @_;
	says(deliver_octets('LAHIR ? ' . ++$seq), 0, $name);
}

sub bound {
	my $new = Raw->accept_bound($kabar, @_) or BAIL_OUT('kabard does not bind: ' . $kabar->log);
	return $new;
}

# A new process, so that no back-off is waited for.
sub afresh {
	$kabar->kill9;
	$kabar->start;
	$smsc = bound() if !@_;
}

subtest 'octets' => sub {
	my $pdu = deliver_octets('LAHIR ? satu');
	for my $octet (split //, $pdu) {
		$smsc->octets($octet);
	}
	my $answer = $smsc->response($seq);
	is($answer && $answer->{status}, 0, 'a PDU octet by octet');
	my @all = map { deliver_octets("LAHIR ? $_") } 1 .. 200;
	$smsc->octets(join '', @all);
	my %ok;
	$smsc->until(sub {
		$ok{$_->{seq}}++ for grep { $_->{status} == 0 } splice @{$smsc->{others}};
		return keys %ok >= 200;
	});
	is(scalar keys %ok, 200, '200 in one write: each is answered');
	is(scalar(grep { $_ != 1 } values %ok), 0, 'and once');
	$smsc->octets(join '', map { Raw::pdu(0x15, 0, $_, '') } 50001 .. 55000);
	ok($smsc->response(55000), '5,000 enquire_link: the last is answered too');
	works('and it goes on');
};

# The responses that make room in a full outbox stand behind all that the operator still wants to say.
subtest 'a flood' => sub {
	my ($count, %ok) = (800);
	$smsc->{submits} = [];
	my $pid = fork() // die "fork: $!";
	if (!$pid) {
		$smsc->deliver(sprintf('+62899000000%04d', $_), 'LAHIR ?', seq => 70001 + $_) for 0 .. $count - 1;
		POSIX::_exit(0);
	}
	$smsc->until(sub {
		$ok{$_->{seq}}++ for grep { $_->{status} == 0 } splice @{$smsc->{others}};
		return keys %ok >= $count && grep({ $_->{to} =~ /^\+62899/ } @{$smsc->{submits}}) >= $count;
	});
	waitpid $pid, 0;
	is(scalar keys %ok, $count, 'each message is acknowledged');
	my @to = grep { /^\+62899/ } map { $_->{to} } @{$smsc->{submits}};
	is(scalar @to, $count, 'and answered, though the outbox holds 50');
	my %to = map { $_ => 1 } @to;
	is(scalar keys %to, $count, 'each phone once');
};

subtest 'strange requests' => sub {
	says(Raw::pdu(0x99, 0, ++$seq, 'x'), 0x03, 'unknown request: RINVCMDID');
	is(says(Raw::pdu(0x123456, 0, ++$seq, ''), 0x03, 'another one')->{command}, 0x80000000, 'as generic_nack');
	says(Raw::pdu(4, 0, ++$seq, Raw::message($from, 'x')), 0x04, 'submit_sm to an ESME: RINVBNDSTS');
	says(Raw::pdu(9, 0, ++$seq, pack 'Z*Z*Z*CCCZ*', 'a', 'b', '', 0x34, 0, 0, ''), 0x04, 'bind to an ESME: RINVBNDSTS');
	$smsc->write(0x80000005, 0, 77, "\0");
	$smsc->write(0x80000099, 0, 77, 'rubbish');
	$smsc->write(0x80000004, 0, 99999, "id\0");
	$smsc->write(0x80000000, 3, 0);
	$smsc->write(0x102, 0, ++$seq, 'rubbish');
	$smsc->write(0x0B, 0, ++$seq, "smsc\0secret\0");
	works('responses that nobody waits for, alert_notification and outbind are ignored');
	says(Raw::pdu(5, 0x58, ++$seq, Raw::message($from, 'LAHIR ? status')), 0, 'a request with a status');
	says(Raw::pdu(5, 0, 0, Raw::message($from, 'LAHIR ? nol')), 0, 'sequence 0 is echoed');
	says(Raw::pdu(5, 0, 0xFFFFFFFE, Raw::message($from, 'LAHIR ? besar')), 0, 'and one beyond the range');
};

subtest 'lies inside' => sub {
	my $good = Raw::message($from, 'LAHIR ?');
	for my $length (0 .. length($good) - 1) {
		$smsc->octets(Raw::pdu(5, 0, ++$seq, substr $good, 0, $length));
	}
	my %bad;
	my $last = $seq;
	$smsc->until(sub {
		$bad{$_->{status}}++ for grep { $_->{command} == 0x80000005 } splice @{$smsc->{others}};
		my $sum = 0;
		$sum += $_ for values %bad;
		return $sum >= length $good;
	});
	ok(!$bad{0}, 'a truncated deliver_sm is never taken') or diag(explain \%bad);
	(my $long = $good) =~ s/.(LAHIR)/\xff$1/s;
	says(Raw::pdu(5, 0, ++$seq, $long), 0x01, 'sm_length 255: RINVMSGLEN');
	says(Raw::pdu(5, 0, ++$seq, $good . pack('nn', 0x0424, 500) . 'x'), 0xC0, 'a TLV beyond the end: RINVOPTPARSTREAM');
	says(Raw::pdu(5, 0, ++$seq, $good . 'xyz'), 0xC0, 'three octets are no TLV');
	says(deliver_octets('LAHIR ? tlv', tlvs => join '', map { Raw::tlv($_, 'x' x ($_ % 50)) } 0x1400 .. 0x1500), 0,
		'257 unknown TLVs');
	says(deliver_octets('x' x 65000), 0, '65,000 octets of message_payload');
	says(deliver_octets("LAHIR \0 ?\0\0"), 0, 'NUL octets');
	says(deliver_octets(''), 0, 'an empty message');
	says(deliver_octets(join '', map { chr } 0 .. 253), 0, '254 octets of anything');
	for my $coding (1, 2, 3, 4, 8, 0x10, 0xC8, 0xF0, 0xF1, 0xFF) {
		says(deliver_octets("LAHIR ? $coding", coding => $coding), 0, sprintf 'data_coding %02x', $coding);
	}
	says(deliver_octets("\x05\x00\x03", esm => 0x40), 0, 'a header beyond the message');
	says(deliver_octets("\x05\x00\x03\x01\x00\x00LAHIR ?", esm => 0x40), 0, 'part 0 of 0');
	says(deliver_octets("\xd8\x00\xdc", coding => 8), 0, 'half a surrogate and half a character');
	says(Raw::pdu(5, 0, ++$seq, Raw::message('TELKOMSEL', 'Promo!', ton => 5)), 0, 'an alphanumeric sender');
	says(Raw::pdu(5, 0, ++$seq, Raw::message('', 'siapa saya')), 0, 'no sender at all');
	works('and it goes on');
};

subtest 'parts' => sub {
	my %kinds = (
		'8-bit references' => sub { my ($n, $total, $ref) = @_; (pack('C*', 5, 0, 3, $ref, $total, $n), esm => 0x40) },
		'16-bit references' => sub { my ($n, $total, $ref) = @_; (pack('CCCnCC', 6, 8, 4, $ref, $total, $n), esm => 0x40) },
		'SAR' => sub { my ($n, $total, $ref) = @_; ('', tlvs => Raw::tlv(0x20C, pack 'n', $ref) .
			Raw::tlv(0x20E, chr $total) . Raw::tlv(0x20F, chr $n)) },
	);
	my ($ref, $day, $before) = (200, 1, $kabar->sql('SELECT count(*) FROM reports'));
	for my $kind (sort keys %kinds) {
		$ref++;
		my $text = sprintf 'LAHIR#IBU %s#25#%d/8/24#L#3200#49#PKM#BIDAN#HIDUP', chr(64 + $day) x 60, $day++;
		my @parts = unpack '(a40)*', $text;
		for my $n (reverse 1 .. @parts) {
			my ($header, %more) = $kinds{$kind}->($n, scalar @parts, $ref);
			says(deliver_octets($header . $parts[$n - 1], %more), 0, "$kind: part $n") for 1 .. ($n == 2 ? 2 : 1);
		}
		is($kabar->sql('SELECT count(*) FROM reports'), $before + $day - 1, "$kind: one report");
	}
	says(deliver_octets('LAHIR#SITI#25#9/8/24#L#3200#49#PKM#BIDAN#HIDUP', payload => 1), 0, 'message_payload');
	my $long = 'LAHIR#WATI#25#11/8/24#L#3300#49#PKM#BIDAN#HIDUP';
	says(deliver_octets(substr($long, 0, 20), tlvs => Raw::tlv(0x0424, $long)), 0, 'message_payload behind a preview');
	$day++;
	says(Raw::pdu(0x103, 0, ++$seq, Raw::data_message($from, 'LAHIR#NINA#25#10/8/24#P#3100#49#PKM#BIDAN#HIDUP')), 0,
		'data_sm');
	is($kabar->sql('SELECT count(*) FROM reports'), $before + $day + 1, 'a report each');
	is($kabar->sql('SELECT count(*) FROM parts'), 0, 'no part is left');
};

subtest 'receipts' => sub {
	my ($early, $phone) = (1, '+6281200000004');
	my @ids = (['1F3A', '1f3a'], ['305419896', '12345678'], ['0000001234', '1234'], ['ABC-1', 'abc-1'], ['77', '0000000077'],
		['0000088', '88']);
	for my $pair (@ids) {
		my ($ours, $theirs) = @$pair;
		my $text = "id:$theirs sub:001 dlvrd:001 submit date:2408150300 done date:2408150301 stat:DELIVRD err:000 text:x";
		my $receipt = sub {
			says($early == 3 ? Raw::pdu(0x103, 0, ++$seq, Raw::data_message($phone, $text, esm => 4))
				: deliver_octets($text, esm => 4), 0, "receipt for $theirs");
		};
		my $submit;
		$smsc->{on_submit} = sub {
			my ($me, $pdu) = @_;
			return $submit = $pdu if $pdu->{to} eq $phone;
			$me->accept_submit($pdu, 'n');
		};
		$smsc->deliver($phone, "LAHIR ? tanda terima $early");
		ok($smsc->until(sub { $submit }), 'a submit');
		delete $smsc->{on_submit};
		$receipt->() if $early++ % 2;
		$smsc->accept_submit($submit, $ours);
		$receipt->() if $early % 2;
		ok($smsc->until(sub { $kabar->sql("SELECT count(*) FROM outbox WHERE message_id = '$ours' AND state = 'delivered'") }),
			"its row is delivered, $ours");
	}
};

subtest 'frames that lie' => sub {
	for my $head (pack('NNNN', 15, 5, 0, 1), pack('NNNN', 0, 5, 0, 1), pack('NNNN', 66561, 5, 0, 1),
		"\xff" x 16, "GET / HTTP/1.1\r\nHost: x\r\n\r\n") {
		$smsc->octets($head);
		my $nack = $smsc->read;
		is($nack && $nack->{command}, 0x80000000, 'generic_nack');
		is($nack && $nack->{status}, 0x02, 'RINVCMDLEN');
		ok($smsc->hung_up, 'and the connection is closed');
		afresh();
	}
};

subtest 'before and during bind' => sub {
	afresh('unbound');
	my $fresh = Raw->accept($kabar);
	my $bind = $fresh->read(auto => 0);
	says(deliver_octets('LAHIR ? dini'), 0x04, 'a message before bind_resp: RINVBNDSTS', $fresh);
	says(Raw::pdu(0x15, 0, ++$seq, ''), 0, 'enquire_link before bind_resp', $fresh);
	$fresh->write(0x80000009, 0, $bind->{seq}, "smsc\0" . Raw::tlv(0x210, "\x34") . Raw::tlv(0x1500, 'x'));
	$smsc = $fresh;
	works('bind_resp with TLVs');
	$smsc->write(6, 0, ++$seq);
	my $answer = $smsc->response($seq);
	is($answer && $answer->{command}, 0x80000006, 'unbind is answered');
	ok($smsc->hung_up, 'and the connection closed');
	$smsc = bound(); # after the first back-off
	works('it binds again');
};

subtest 'answers to submits' => sub {
	my @kept;
	$smsc->{submits} = [];
	$smsc->{on_submit} = sub { push @kept, $_[1] };
	$smsc->deliver($from, "LAHIR ? urut $_") for 1 .. 5;
	ok($smsc->until(sub { @kept >= 5 }), 'five submits in the window');
	$smsc->write(0x80000004, 0, $_->{seq}, "a$_->{seq}\0") for reverse @kept[1 .. 3];
	$smsc->write(0x80000004, 0, $kept[1]{seq}, "again\0");
	$smsc->write(0x80000004, 0, $kept[0]{seq});
	$smsc->write(0x80000000, 8, $kept[4]{seq});
	@kept = ();
	works('out of order, doubled, without message_id, generic_nack');
	ok($smsc->until(sub { @kept >= 1 }), 'and the window is free again');
	$smsc->{on_submit} = sub { $_[0]->accept_submit($_[1], "b$_[1]{seq}") };
	$smsc->accept_submit($_, "b$_->{seq}") for splice @kept;
	my $unsent = sub { $kabar->sql("SELECT count(*) FROM outbox WHERE state IN ('waiting', 'claimed')") };
	ok($smsc->until(sub { $unsent->() == 0 }), 'all of that has left');
	# Five are under way when the first two are refused for being too fast: of each phone those come before what had not left.
	my (@under_way, @later);
	$smsc->{on_submit} = sub {
		my ($me, $pdu) = @_;
		return push @under_way, $pdu if @under_way < 5;
		push @later, $pdu;
		$me->accept_submit($pdu, "c$pdu->{seq}");
	};
	my @phones = map { "+628120000000$_" } 1, 2, 4;
	for my $topic ('LAHIR', 'POS', 'MATI') {
		$smsc->deliver($_, "$topic ?") for @phones;
	}
	ok($smsc->until(sub { @under_way == 5 && $unsent->() == 9 }),
		'five under way, four behind them');
	$smsc->write(0x80000004, $_ == 0 ? 0x58 : 0x14, $under_way[$_]{seq}) for 0, 1;
	$smsc->accept_submit($under_way[$_], "c$under_way[$_]{seq}") for 2 .. 4;
	ok($smsc->until(sub { @later >= 6 }), 'throttled: nothing is lost');
	my @topics = map { [$_->{to}, $_->{text} =~ /(LAHIR|POS|MATI)#/] } @later;
	for my $phone (@phones) {
		my @said = map { $_->[1] } grep { $_->[0] eq $phone } @topics;
		is("@said", join(' ', sort { index('LAHIR POS MATI', $a) <=> index('LAHIR POS MATI', $b) } @said), "the order of $phone kept");
	}
	delete $smsc->{on_submit};
};

subtest 'silence' => sub {
	my ($phone, $tries) = ('+6281200000004', 0);
	$smsc->{on_submit} = sub {
		my ($me, $pdu) = @_;
		return ++$tries if $pdu->{to} eq $phone;
		$me->accept_submit($pdu, "d$pdu->{seq}");
	};
	$smsc->deliver($phone, 'LAHIR ? diam');
	ok($smsc->until(sub { $tries >= 2 }), 'a submit that is never answered goes once more after the response time');
	ok($smsc->until(sub { $kabar->sql("SELECT count(*) FROM outbox WHERE state = 'unsure' AND owner IS NULL") }),
		'and is marked unsure then');
	is($tries, 2, 'two times, not more');
	ok($smsc->until(sub { !$kabar->sql("SELECT count(*) FROM outbox WHERE state IN ('claimed', 'waiting')") }),
		'no other reply is left behind');
};

is($kabar->sql("SELECT count(*) FROM inbound WHERE source = '+TELKOMSEL' OR source = 'TELKOMSEL'"), 1, 'the service is stored');
kill TERM => $kabar->{pid};
while (my $pdu = $smsc->read(seconds => 10)) {
	$smsc->write(0x80000006, 0, $pdu->{seq}) if $pdu->{command} == 6;
}
is($kabar->wait_exit(10), 0, 'SIGTERM: exit status 0') or diag($kabar->log);
unlike($kabar->log, qr/Sanitizer|runtime error/, 'no complaint of a sanitizer');
done_testing();
