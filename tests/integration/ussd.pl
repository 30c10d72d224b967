# A whole delivery by USSD in each operator's dialect, with Net::SMPP as the USSD centre: what kabard sends is compared
# octet for octet (operation, session TLV, end flag); an abort, an answer that comes again, a screen that is refused.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use File::Temp ();
use Kabar;
use Test::More;

my $phone = '+6281200000003';
# value: what names the session, as TLVs of Net::SMPP; tag and pack: how it must come back.
my $its = sub { (its_session_info => pack('n', $_[0])) };
my %dialect = (
	'standard' => {value => 0x0A02, tlv => $its, tag => 0x1383, pack => 'n', abort => [18, 1]},
	'its-end' => {value => 0x0B04, tlv => $its, tag => 0x1383, pack => 'n', abort => [2, 1], end => 2, end_bit => 1, answer => 2},
	'umr' => {value => 0x0C07, tlv => sub { (user_message_reference => pack('n', $_[0])) }, tag => 0x0204, pack => 'n',
		abort => [129, 0]},
	'its15' => {value => 0x0D08, tlv => $its, tag => 0x1383, pack => 'n', abort => [129, 0], end_bit => 1},
	'msisdn' => {value => 0, tlv => sub { () }},
	# A seventh operator: one file, no code.
	'ketujuh' => {value => 0x0A0B0C01, tlv => sub { (0x1420 => $_[0]) }, tag => 0x1420, pack => 'N', answer => 19,
		abort => [200, 0], menu => 34, end => 33, end_bit => 0x80000000, file => <<'INI'},
[dialect]
session  = 0x1420:4 & 0xFFFFFF00
begin    = 1
answer   = 19
abort    = 200
menu     = 34
end      = 33
end_bits = 0x80000000
INI
	'vendor1501' => {value => 0x0A0B0C0D, tlv => sub { (0x1501 => $_[0]) }, tag => 0x1501, pack => 'N'},
);
# After the menu: 1, then a page each. Three answers in a row are the same octets.
my @answers = ('1', 'SITI', '28', '1', '1', '1', '3200', '0', '4', '2', '1', '1');
my @screens = ('Nama ibunya', 'Umur ibu', 'Lahir tanggal', 'tunggal atau kembar', 'Jenis kelamin', 'Berat bayi', 'Panjang bayi',
	'Lahir di mana', 'penolongnya', 'HIDUP atau MATI', '1 Kirim', 'L2408-0001');
my @wire;    # all that kabard submitted

subtest $_ => \&run_dialect, $_ for sort keys %dialect;
subtest 'no malformed SMPP in a capture' => \&check_capture;
done_testing();

sub run_dialect {
	my $name = shift;
	my $d = $dialect{$name};
	my $kabar = Kabar->new(now => '2024-08-15 03:00:00');
	my %gateway;
	if ($d->{file}) {
		mkdir "$kabar->{dir}/dialects";
		$kabar->write_file("$kabar->{dir}/dialects/$name.ini", $d->{file});
		$gateway{gateway} = {dialects => "$kabar->{dir}/dialects"};
	}
	$kabar->configure('smsc uji' => {ussd_dialect => $name, ussd_code => '*355#'}, %gateway);
	$kabar->import_context;
	my @got;
	my $answer_submits = 1;
	$kabar->{on_submit} = sub { my ($peer, $pdu) = @_; push @got, $pdu; push @wire, raw($pdu); $answer_submits ? 0 : undef };
	$kabar->start;
	my $peer = $kabar->bound or BAIL_OUT('kabard does not bind: ' . $kabar->log);
	my $ussd = sub {
		my ($text, $op, $bits) = @_;
		my $seq = ++$peer->{seq};
		$peer->{socket}->deliver_sm(async => 1, seq => $seq, service_type => 'USSD', source_addr_ton => 1,
			source_addr_npi => 1, source_addr => substr($phone, 1), dest_addr_ton => 0, dest_addr_npi => 1,
			destination_addr => '2255', short_message => $text, ussd_service_op => pack('C', $op),
			$d->{tlv}->($d->{value} | ($bits || 0)));    # in this order: a redelivery is octet for octet the same
		$peer->{answers}{$seq} = undef;
		return $seq;
	};
	my $screen = sub {
		my ($seq, $pattern, $end) = @_;
		my $want = @got + 1;
		is($peer->answer($seq), 0, 'acknowledged');
		ok($kabar->serve(sub { @got >= $want }), "a screen: $pattern") or diag($kabar->log);
		my $pdu = $got[$want - 1] || {};
		like($pdu->{short_message}, qr/$pattern/, $pattern);
		is(unpack('H*', raw($pdu)), unpack('H*', expected($d, $pdu, $end)), 'octet for octet');
		return $pdu;
	};
	my $op = $d->{answer} || 18;

	$screen->($ussd->('*355#', 1), '^KABAR');
	# The centre answers nothing of ours, so nothing proves that it saw our acknowledgement: the same octets are
	# the same answer again.
	$kabar->{mute} = 1;
	$answer_submits = 0;
	my $first = $screen->($ussd->($answers[0], $op), $screens[0]);
	my $again = $screen->($ussd->($answers[0], $op), $screens[0]);
	$answer_submits = 1;
	$kabar->{mute} = 0;
	is($again->{short_message}, $first->{short_message}, 'a redelivered answer shows the same screen');
	$screen->($ussd->($answers[$_], $op), $screens[$_], $_ == $#answers) for 1 .. $#answers;
	ok($kabar->serve(sub { grep { $_->{short_message} =~ /L2408-0001/ && $_->{service_type} eq '' } @got }), 'the copy by SMS');
	is($kabar->sql("SELECT count(*) FROM reports WHERE status = 'accepted'"), 1, 'one report');

	@got = ();
	$screen->($ussd->('*355*1*DEWI#', 1), 'Umur ibu');
	if ($d->{abort}) {
		is($peer->answer($ussd->('', @{$d->{abort}})), 0, 'an abort is acknowledged');
		ok($kabar->serve(sub { @got >= 2 }), 'and answered by one SMS');
		like($got[1]{short_message}, qr/L2408-0002.*Kurang/, 'that tells what is missing');
		is($got[1]{service_type}, '', 'it is an SMS');
	}
	my $pending = $ussd->('*355#', 1);
	is($peer->answer($pending), 0, 'the next dial');
	ok($kabar->serve(sub { grep { $_->{short_message} =~ /^Lanjutkan laporan DEWI/i } @got }), 'offers to go on');

	# A screen that the centre refuses: the session is dead, nothing is tried again.
	@got = ();
	$kabar->{on_submit} = sub { push @got, $_[1]; $_[1]{service_type} eq 'USSD' && @got == 1 ? 0x45 : 0 };
	is($peer->answer($ussd->('1', $op)), 0, 'acknowledged although the screen will fail');
	ok($kabar->serve(sub { @got >= 1 }), 'the screen is tried');
	is($peer->answer($ussd->('28', $op)), 0, 'an answer to the dead session');
	ok($kabar->serve(sub { @got >= 2 }), 'is told');
	like($got[1]{short_message}, qr/Sesi sudah berakhir.*\*355#/, 'that the session is over');
	is(scalar(grep { $_->{short_message} eq $got[0]{short_message} } @got), 1, 'no retry');

	# The same as data_sm: the text is in message_payload.
	@got = ();
	$kabar->{on_submit} = sub { push @got, $_[1]; 0 };
	my $seq = ++$peer->{seq};
	$peer->{answers}{$seq} = undef;
	$peer->{socket}->data_sm(async => 1, seq => $seq, service_type => 'USSD', source_addr_ton => 1, source_addr_npi => 1,
		source_addr => '6281200000004', dest_addr_ton => 0, dest_addr_npi => 1, destination_addr => '2255',
		message_payload => '*355#', ussd_service_op => pack('C', 1), $d->{tlv}->($d->{value}));
	is($peer->answer($seq), 0, 'a data_sm is acknowledged');
	ok($kabar->serve(sub { @got >= 1 }), 'and brings a screen') or diag($kabar->log);
	like($got[0]{short_message}, qr/KABAR/, 'of the menu');
	is($got[0]{destination_addr}, '6281200000004', 'to the phone that dialled');
	is($kabar->stop, 0, 'exit status 0') or diag($kabar->log);
}

sub raw {
	my $pdu = shift;
	return pack('NNNN', 16 + length($pdu->{data} // ''), $pdu->{cmd} // 0, $pdu->{status} // 0, $pdu->{seq} // 0)
		. ($pdu->{data} // '');
}

# The PDU as the dialect's table says, around the text that it carries.
sub expected {
	my ($d, $pdu, $end) = @_;
	my $text = $pdu->{short_message} // '';
	my $body = "USSD\0" . "\0\0" . "2255\0" . "\1\1" . substr($phone, 1) . "\0" . "\0\0\0" . "\0\0" . "\0\0\0\0"
		. chr(length $text) . $text;
	$body .= pack('nnC', 0x0501, 1, $end ? $d->{end} // 17 : $d->{menu} // 2);
	if ($d->{tag}) {
		my $value = pack $d->{pack}, $d->{value} | ($end ? $d->{end_bit} // 0 : 0);
		$body .= pack('nn', $d->{tag}, length $value) . $value;
	}
	return pack('NNNN', 16 + length $body, 4, 0, $pdu->{seq} // 0) . $body;
}

sub check_capture {
	plan skip_all => 'no tshark' if system('command -v tshark text2pcap >/dev/null 2>&1');
	my $dir = File::Temp->newdir;
	open my $out, '>', "$dir/hex" or die;
	for (@wire) {
		my $offset = 0;
		for my $line (unpack '(a16)*', $_) {
			printf $out "%06x %s\n", $offset, join ' ', unpack '(H2)*', $line;
			$offset += length $line;
		}
	}
	close $out;
	is(system("text2pcap -q -T 40000,2775 $dir/hex $dir/pcap >/dev/null 2>&1"), 0, 'a capture of ' . @wire . ' PDUs');
	my @smpp = `tshark -n -r $dir/pcap -d tcp.port==2775,smpp -Y smpp -T fields -e smpp.command_id 2>/dev/null`;
	my @bad = `tshark -n -r $dir/pcap -d tcp.port==2775,smpp -Y '_ws.malformed || _ws.expert.severity == error' 2>/dev/null`;
	is(scalar(@smpp), scalar(@wire), 'all are SMPP');
	is("@bad", '', 'none is malformed');
}
