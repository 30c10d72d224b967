# What comes in is stored as it came, whatever its esm_class, data_coding or service_type says; what a person wrote under a
# wrong label is read; receipts that forget theirs settle their row.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Encode qw(encode);
use Kabar;
use Raw;
use Test::More;

my $seq = 1000;
my $kabar = Kabar->new(now => '2024-08-15 03:00:00');
$kabar->configure(limits => {repeat_times => 1000},
	'smsc uji' => {receipt_pattern => '^Laporan kirim (?<id>\w+)\W+(?:(?<delivered>beres)|(?<failed>kandas))'});
$kabar->import_context;
$kabar->import_crowd(300);
$kabar->start;
my $smsc = Raw->accept_bound($kabar) or BAIL_OUT('kabard does not bind: ' . $kabar->log);

sub phone { sprintf '+62899000000%04d', shift }

# Sends messages [from, octets, more] in one heap; the statuses that came back, counted.
sub heap {
	my ($first, $count) = ($seq + 1, scalar @_);
	$smsc->octets(join '', map { Raw::pdu(5, 0, ++$seq, Raw::message(@$_)) } @_);
	my (%status, %seen);
	$smsc->until(sub {
		for (splice @{$smsc->{others} || []}) {
			next if $_->{command} != 0x80000005 || $_->{seq} < $first || $seen{$_->{seq}}++;
			$status{$_->{status}}++;
		}
		return keys %seen == $count;
	});
	return \%status;
}

sub stored { $kabar->sql('SELECT count(*) FROM inbound') }

# Every value of an octet of the PDU, with the same text.
sub all_values {
	my ($name, $base, $octets, $more) = @_;
	subtest $name => sub {
		my $before = stored();
		is_deeply(heap(map { [phone($base + $_ % 40), $octets->($_), $more->($_)] } 0 .. 255), {0 => 256}, 'ESME_ROK for each');
		is(stored() - $before, 256, 'each is stored');
	};
}

my $text = sub { "bu ini pesan nomor $_[0]" };
all_values('all 256 values of esm_class', 0, $text, sub { (esm => $_[0]) });
all_values('all 256 values of data_coding', 40, $text, sub { (coding => $_[0]) });
all_values('all 256 octets as service_type', 80, $text, sub { (service => $_[0] ? chr $_[0] : '') });

subtest 'octets' => sub {
	my $octets = join '', map { chr } 1 .. 200;
	my $number = 120;
	for my $coding (0, 3, 4, 8, 0x48, 0xF4) {
		heap([phone(++$number), $octets . chr $coding, coding => $coding]);
		my ($kept) = $kabar->ctl('explain', phone($number)) =~ /octets +([0-9a-f]+) /; # sealed in the store
		is($kept, unpack('H*', $octets . chr $coding), sprintf 'as they came under data_coding %02x', $coding);
	}
};

subtest 'a report under any type of message' => sub {
	my $n = 0;
	for my $esm (0x00, 0x04, 0x08, 0x10, 0x18, 0x20, 0x24, 0x80, 0x83) {
		my $day = 1 + $n++;
		heap([phone(130 + $n), "LAHIR#SITI#25#$day/8/24#L#3000#49#PKM#BIDAN#HIDUP", esm => $esm]);
		is($kabar->sql('SELECT count(*) FROM reports WHERE sender = \'' . phone(130 + $n) . '\''), 1,
			sprintf 'esm_class %02x', $esm);
	}
};

subtest 'chat under the label of a receipt' => sub {
	my $before = $kabar->sql('SELECT count(*) FROM outbox');
	heap([phone(150), 'bu besok jadi ke balai desa', esm => 0x04]);
	is($kabar->sql('SELECT count(*) FROM outbox'), $before, 'it is not answered');
	is($kabar->sql("SELECT count(*) FROM human WHERE text = 'bu besok jadi ke balai desa'"), 1, 'but somebody reads it');
};

subtest 'headers and parts' => sub {
	my $report = 'LAHIR#RATNA#25#14/8/24#P#3100#49#PKM#BIDAN#HIDUP';
	my ($a, $b) = (substr($report, 0, 20), substr $report, 20);
	my %kinds = (
		'without the indicator bit' => 0x00, 'with it' => 0x40, 'with it and the type of an acknowledgement' => 0x48,
		'with it and the type of a receipt' => 0x44,
	);
	my $n = 160;
	for my $kind (sort keys %kinds) {
		my $from = phone(++$n);
		heap([$from, pack('C*', 5, 0, 3, $n, 2, 1) . $a, esm => $kinds{$kind}], [$from, pack('C*', 5, 0, 3, $n, 2, 2) . $b,
			esm => $kinds{$kind}]);
		is($kabar->sql("SELECT count(*) FROM reports WHERE sender = '$from'"), 1, "a report in two parts, $kind");
	}
};

subtest 'letters under a wrong label' => sub {
	my $report = "LAHIR#N\x{c9}NGSIH#25#14/8/24#P#3100#49#PKM#BIDAN#HIDUP";
	my @ways = (['UTF-8', 8], ['UTF-8', 0], ['UTF-8', 3], ['ISO-8859-1', 0], ['ISO-8859-1', 8], ['UTF-16BE', 0], ['UTF-16LE', 8],
		['UTF-16LE', 0], ['UTF-16BE', 3]);
	my $n = 180;
	for (@ways) {
		my ($coding, $label) = @$_;
		my $from = phone(++$n);
		heap([$from, encode($coding, $report), coding => $label]);
		is(Encode::decode('UTF-8', $kabar->sql("SELECT text FROM inbound WHERE source = '$from'") || ''), $report,
			"$coding under data_coding $label");
		is($kabar->sql("SELECT count(*) FROM reports WHERE sender = '$from'"), 1, 'and it is a report');
	}
};

# The next submit to a phone, answered with an id.
sub submit_to {
	my ($phone, $id) = @_;
	my $submit;
	local $smsc->{on_submit} = sub {
		my ($me, $pdu) = @_;
		$me->accept_submit($pdu, $pdu->{to} eq $phone ? $id : sprintf 'x%x', ++$me->{ids});
		$submit = $pdu if $pdu->{to} eq $phone;
	};
	$smsc->deliver($phone, 'LAHIR ?');
	$smsc->until(sub { $submit && $kabar->sql("SELECT count(*) FROM outbox WHERE message_id = '$id' AND state = 'sent'") });
	return $submit;
}

subtest 'receipts by what is known' => sub {
	my $n = 220;
	my @cases = (
		['short, without a label', 'AB12', 'id:AB12 submit date:2408151000 done date:2408151001 stat:DELIVRD err:000'],
		['the status without its key', 'AB13', 'id:AB13 submit date:2408151000 done date:2408151001 DELIVRD err:000', esm => 4],
		['an unknown id in the TLV, ours in the text', 'AB14', 'id:AB14 stat:DELIVRD', esm => 4,
			tlvs => Raw::tlv(0x1E, "ZZ99\0") . Raw::tlv(0x427, "\2")],
		['only TLVs', 'AB15', '', tlvs => Raw::tlv(0x1E, "AB15\0") . Raw::tlv(0x427, "\2")],
		['in other words, its number ours', '7788991', 'Message 7788991 delivered'],
		['in a form of its own, by receipt_pattern', 'AB17', 'Laporan kirim AB17: beres'],
		['in UCS-2', 'AB16', encode('UTF-16BE', 'id:AB16 stat:DELIVRD'), coding => 8],
	);
	for (@cases) {
		my ($name, $id, $octets, %more) = @$_;
		my $phone = phone(++$n);
		ok(submit_to($phone, $id), "$name: an SMS goes out");
		my ($before, $rows) = ($kabar->sql('SELECT count(*) FROM outbox'), stored());
		heap([$phone, $octets, %more]);
		is($kabar->sql("SELECT state FROM outbox WHERE message_id = '$id'"), 'delivered', 'its row is delivered');
		is($kabar->sql('SELECT count(*) FROM outbox'), $before, 'and nothing is sent');
		is(stored(), $rows + 1, 'it is kept raw itself');
	}
	my ($before, $rows) = ($kabar->sql('SELECT count(*) FROM outbox'), stored());
	heap([phone(250), 'id:NOTOURS sub:001 dlvrd:001 submit date:2408151000 done date:2408151001 stat:DELIVRD err:000']);
	is($kabar->sql('SELECT count(*) FROM outbox'), $before, 'one that names no id of ours is not answered');
	is(stored(), $rows + 1, 'but kept');
	is($kabar->sql('SELECT state || \' \' || intent FROM inbound ORDER BY id DESC LIMIT 1'), 'ignored receipt', 'as what it is');
};

kill TERM => $kabar->{pid};
$smsc->part(10);
is($kabar->wait_exit(10), 0, 'it ends as it should') or diag($kabar->log);
unlike($kabar->log, qr/Sanitizer|runtime error/, 'no complaint of a sanitizer');
done_testing();
