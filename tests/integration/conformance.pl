# What kabard does with what an SMSC may send, clause by clause of SMPP 3.4: each row is tried on a running kabard. The
# table is docs/conformance.md; with KABAR_WRITE=1 it is written, else it must be what was seen.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Kabar;
use Raw;
use Test::More;

my $from = '+6281200000003';
my ($seq, @rows) = (1000);
my $kabar = Kabar->new(now => '2024-08-15 03:00:00');
$kabar->configure(
	limits => {repeat_times => 1000, chat_answers => 100000, chat_answers_per_day => 100000, quick_time => 0,
		replies_per_sender_per_day => 100000},
	outbox => {retry => 1, tries => 3},
	'smsc uji' => {window => 10, response_timeout => 2, enquire_link => 3600},
);
$kabar->import_context;
$kabar->import_crowd(200);
$kabar->start;
my $smsc = bound();

sub bound { return Raw->accept_bound($kabar, @_) || BAIL_OUT('kabard does not bind: ' . $kabar->log) }

# A new process, so that no back-off is waited for.
sub afresh {
	$kabar->kill9;
	$kabar->start;
	$smsc = bound();
}

my %status = (0 => 'ESME_ROK', 1 => 'ESME_RINVMSGLEN', 2 => 'ESME_RINVCMDLEN', 3 => 'ESME_RINVCMDID', 4 => 'ESME_RINVBNDSTS',
	0xC0 => 'ESME_RINVOPTPARSTREAM', 0xC2 => 'ESME_RINVPARLEN', 0xC4 => 'ESME_RINVOPTPARAMVAL');
my %command = (0x80000000 => 'generic_nack', 0x80000005 => 'deliver_sm_resp', 0x80000103 => 'data_sm_resp',
	0x80000015 => 'enquire_link_resp', 0x80000006 => 'unbind_resp', 0x80000004 => 'submit_sm_resp');

sub name_of { my ($pdu) = @_; return $pdu ? ($command{$pdu->{command}} || sprintf 'command %08x', $pdu->{command}) . ', '
	. ($status{$pdu->{status}} || sprintf 'status %02x', $pdu->{status}) : 'no answer' }

# row CLAUSE STIMULUS SEEN WANTED: what was seen is what should be.
sub row {
	my ($clause, $stimulus, $seen, $wanted) = @_;
	my $good = is($seen, $wanted, "$clause: $stimulus");
	push @rows, "| " . (@rows + 1) . " | $clause | $stimulus | $seen | " . ($good ? 'as it should be' : "**should be $wanted**") . ' |';
}

# says CLAUSE STIMULUS OCTETS WANTED: one request and its response.
sub says {
	my ($clause, $stimulus, $octets, $wanted, $to) = @_;
	($to || $smsc)->octets($octets);
	my $answer = ($to || $smsc)->response(unpack 'x12N', $octets);
	row($clause, $stimulus, name_of($answer), $wanted);
	return $answer;
}

sub pdu { my ($command, $body) = @_; return Raw::pdu($command, 0, ++$seq, $body) }
sub deliver { return pdu(5, Raw::message($from, @_)) }
sub text { return 'LAHIR ? ' . ++$seq }
my $taken = 'deliver_sm_resp, ESME_ROK';

# A deliver_sm of fields by name, so that one of them can be odd.
my @fields = (
	[service_type => '5.2.11', 'Z*', ''], [source_addr_ton => '5.2.5', 'C', 1], [source_addr_npi => '5.2.6', 'C', 1],
	[source_addr => '5.2.8', 'Z*', '6281200000003'], [dest_addr_ton => '5.2.5', 'C', 0], [dest_addr_npi => '5.2.6', 'C', 1],
	[destination_addr => '5.2.9', 'Z*', '2255'], [esm_class => '5.2.12', 'C', 0], [protocol_id => '5.2.13', 'C', 0],
	[priority_flag => '5.2.14', 'C', 0], [schedule_delivery_time => '5.2.15', 'Z*', ''],
	[validity_period => '5.2.16', 'Z*', ''], [registered_delivery => '5.2.17', 'C', 0],
	[replace_if_present_flag => '5.2.18', 'C', 0], [data_coding => '5.2.19', 'C', 0], [sm_default_msg_id => '5.2.20', 'C', 0],
	[sm_length => '5.2.21', 'C', undef], [short_message => '5.2.22', 'a*', undef]);

sub fields {
	my (%odd) = @_;
	my $text = $odd{short_message} // text();
	return join '', map {
		my ($name, undef, $form, $value) = @$_;
		$value = $odd{$name} // $value;
		$value = length $text if $name eq 'sm_length' && !defined $value;
		$value = $text if $name eq 'short_message';
		pack $form, $value;
	} @fields;
}

sub field {
	my ($name, $value, $shown, $wanted) = @_;
	my ($clause) = map { $_->[1] } grep { $_->[0] eq $name } @fields;
	says($clause, "deliver_sm with $name $shown", pdu(5, fields($name => $value)), $wanted // $taken);
}

# --- commands: what an ESME is asked, bound as a transceiver
my %requests = (1 => 'bind_receiver', 2 => 'bind_transmitter', 3 => 'query_sm', 4 => 'submit_sm', 7 => 'replace_sm',
	8 => 'cancel_sm', 9 => 'bind_transceiver', 0x21 => 'submit_multi');
my $bind = pack 'Z*Z*Z*CCCZ*', 'a', 'b', '', 0x34, 0, 0, '';
my %body = (1 => $bind, 2 => $bind, 9 => $bind, 4 => Raw::message($from, 'x'));
my %known = map { $_ => 1 } 1, 2, 4, 9;
for my $id (sort { $a <=> $b } keys %requests) {
	my $kind = $known{$id} ? $requests{$id} . '_resp' : 'generic_nack';
	$command{0x80000000 | $id} //= $requests{$id} . '_resp';
	says($id == 4 ? '4.4.1' : $id == 0x21 ? '4.5.1' : $id < 3 || $id == 9 ? '4.1' : '4.8 to 4.10', "$requests{$id} to an ESME",
		pdu($id, $body{$id} // 'x'), $known{$id} ? "$kind, ESME_RINVBNDSTS" : 'generic_nack, ESME_RINVCMDID');
}
for my $id (0, 0xA, 0xC, 0x10, 0x14, 0x16, 0x20, 0x22, 0x101, 0x104, 0x110, 0x111, 0x112, 0x113, 0x1FF, 0x200, 0x10200, 0x102FF,
	0x7FFFFFFF) {
	says('5.1.2', sprintf('a request with command_id 0x%08x (reserved, or of a vendor)', $id), pdu($id, ''),
		'generic_nack, ESME_RINVCMDID');
}
says('4.11', 'enquire_link', pdu(0x15, ''), 'enquire_link_resp, ESME_ROK');
says('4.11', 'enquire_link with a body that it should not have', pdu(0x15, 'rubbish'), 'enquire_link_resp, ESME_ROK');
says('5.1.4', 'sequence_number 0', Raw::pdu(5, 0, 0, fields()), $taken);
says('5.1.4', 'sequence_number 0x7fffffff, the last of the range', Raw::pdu(5, 0, 0x7FFFFFFF, fields()), $taken);
says('5.1.4', 'sequence_number 0xfffffffe, beyond the range', Raw::pdu(5, 0, 0xFFFFFFFE, fields()), $taken);
says('5.1.3', 'a request with a command_status that is not 0', Raw::pdu(5, 0x58, ++$seq, fields()), $taken);
sub ignores {
	my ($clause, $stimulus, @octets) = @_;
	$smsc->write(@octets);
	$smsc->octets(pdu(0x15, ''));
	row($clause, $stimulus, name_of($smsc->response($seq)) eq 'enquire_link_resp, ESME_ROK' ? 'ignored' : 'something else', 'ignored');
}
ignores('4.12.1', 'alert_notification', 0x102, 0, ++$seq, pack 'CCZ*CCZ*', 1, 1, '62812', 0, 1, '2255');
ignores('4.12.1', 'alert_notification that cannot be read', 0x102, 0, ++$seq, 'rubbish');
ignores('4.1.7', 'outbind while bound', 0x0B, 0, ++$seq, "smsc\0secret\0");
ignores('4.6.2', 'deliver_sm_resp that nobody waits for', 0x80000005, 0, 77, "\0");
ignores('4.4.2', 'submit_sm_resp with a sequence_number that is not outstanding', 0x80000004, 0, 99999, "id\0");
ignores('4.11.2', 'enquire_link_resp that nobody waits for', 0x80000015, 0, 77);
ignores('4.3.1', 'generic_nack with a sequence_number that is not outstanding', 0x80000000, 3, 99999);
ignores('4.3.1', 'generic_nack with sequence_number 0', 0x80000000, 3, 0);
ignores('5.1.2', 'a response of an unknown command', 0x80000099, 0, 77, 'rubbish');

# --- deliver_sm, field by field
field(service_type => $_, $_ eq '' ? 'NULL' : $_) for '', qw(CMT CPT VMN VMA WAP USSD XXXXX);
field(service_type => 'SIXSIX', 'longer than 5 characters', 'deliver_sm_resp, status 15');
field(source_addr_ton => $_, $_) for 0 .. 7, 255;
field(source_addr_npi => $_, $_) for 0, 1, 3, 4, 6, 8, 9, 10, 14, 18, 255;
field(dest_addr_ton => $_, $_) for 0 .. 6;
field(dest_addr_npi => $_, $_) for 0, 1, 3, 18;
field(source_addr => '', 'NULL');
field(source_addr => '6' x 20, 'of 20 digits');
field(source_addr => '6' x 21, 'of 21 digits', 'deliver_sm_resp, status 0a');
field(source_addr => 'TELKOMSEL', 'in letters');
field(destination_addr => '', 'NULL');
field(destination_addr => '9' x 21, 'of 21 digits', 'deliver_sm_resp, status 0b');
field(esm_class => $_, sprintf '0x%02x', $_) for 0x00, 0x01, 0x02, 0x03, 0x10, 0x18, 0x20, 0x3C, 0x80, 0xBF;
field(protocol_id => $_, sprintf '0x%02x', $_) for 0x00, 0x32, 0x40, 0x7F, 0xFF;
field(priority_flag => $_, $_) for 0, 1, 3, 255;
field(schedule_delivery_time => '240815030000000+', 'set, though an SMSC leaves it NULL');
field(validity_period => '000001000000000R', 'set, though an SMSC leaves it NULL');
field(schedule_delivery_time => 'x' x 17, 'of 17 characters', 'deliver_sm_resp, status 61');
field(validity_period => 'x' x 17, 'of 17 characters', 'deliver_sm_resp, status 62');
field(registered_delivery => $_, $_) for 0, 1, 4, 255;
field(replace_if_present_flag => 1, 1);
field(data_coding => $_, sprintf '0x%02x', $_) for 0 .. 0x0E, 0x0F, 0x10, 0x80, 0xC0, 0xD0, 0xE0, 0xF0, 0xF1, 0xF5, 0xFF;
field(sm_default_msg_id => $_, $_) for 0, 1, 255;
field(short_message => 'x' x $_, "of $_ octets") for 0, 1, 140, 160, 254;
field(short_message => 'x' x 255, 'of 255 octets: sm_length above its range', 'deliver_sm_resp, ESME_RINVMSGLEN');
field(short_message => "LAHIR \0 ?\0", 'with NUL octets');
field(sm_length => 200, 'larger than what follows', 'deliver_sm_resp, ESME_RINVMSGLEN');
my $cut = '';
for my $at (0 .. $#fields) {
	my ($name, $clause, $form, $value) = @{$fields[$at]};
	says($clause, "deliver_sm that ends before $name", pdu(5, $cut),
		$name eq 'short_message' ? 'deliver_sm_resp, ESME_RINVMSGLEN' : 'deliver_sm_resp, ESME_RINVCMDLEN');
	$cut .= pack $form, $name eq 'sm_length' ? 7 : $value // '';
}

# --- optional parameters
my %tlvs = (user_message_reference => [0x204, '5.3.2.17', 2], source_port => [0x20A, '5.3.2.20', 2],
	destination_port => [0x20B, '5.3.2.21', 2], user_response_code => [0x205, '5.3.2.18', 1],
	privacy_indicator => [0x201, '5.3.2.14', 1], payload_type => [0x19, '5.3.2.10', 1], source_subaddress => [0x202, '5.3.2.15', 4],
	dest_subaddress => [0x203, '5.3.2.16', 4], language_indicator => [0x20D, '5.3.2.19', 1], its_session_info => [0x1383, '5.3.2.43', 2],
	its_reply_type => [0x1380, '5.3.2.42', 1], callback_num => [0x381, '5.3.2.36', 8], display_time => [0x1201, '5.3.2.26', 1],
	ms_validity => [0x1204, '5.3.2.27', 1], network_error_code => [0x423, '5.3.2.31', 3], number_of_messages => [0x304, '5.3.2.24', 1],
	alert_on_message_delivery => [0x130C, '5.3.2.41', 0], sms_signal => [0x1203, '5.3.2.40', 2]);
# What is read is read strictly.
my %strict = map { $_ => 1 } qw(its_session_info user_message_reference);
for my $name (sort keys %tlvs) {
	my ($tag, $clause, $length) = @{$tlvs{$name}};
	says($clause, "deliver_sm with $name", deliver(text(), tlvs => Raw::tlv($tag, "\1" x $length)), $taken);
	says($clause, "deliver_sm with $name of " . ($length + 3) . ' octets', deliver(text(), tlvs => Raw::tlv($tag, "\1" x ($length + 3))),
		$strict{$name} ? 'deliver_sm_resp, ESME_RINVPARLEN' : $taken);
}
says('5.3.2.32', 'message_payload in place of short_message', deliver(text(), payload => 1), $taken);
says('5.3.2.32', 'message_payload beside short_message', deliver(text(), tlvs => Raw::tlv(0x424, text())), $taken);
says('5.3.2.32', "message_payload of $_ octets", deliver('x' x $_, payload => 1), $taken) for 0, 1, 255, 1000, 64000;
says('3.2.4.1', 'a TLV that nobody knows', deliver(text(), tlvs => Raw::tlv(0x1500, 'x' x 20)), $taken);
says('3.2.4.1', '257 TLVs that nobody knows', deliver(text(), tlvs => join '', map { Raw::tlv($_, 'x') } 0x1400 .. 0x1500), $taken);
says('3.2.4.1', 'a TLV twice', deliver(text(), tlvs => Raw::tlv(0x204, "\0\1") x 2), $taken);
says('3.2.4.1', 'a TLV longer than the PDU', deliver(text(), tlvs => pack('nn', 0x0204, 500) . 'x'), 'deliver_sm_resp, ESME_RINVOPTPARSTREAM');
says('3.2.4.1', 'three octets where a TLV should be', deliver(text(), tlvs => 'xyz'), 'deliver_sm_resp, ESME_RINVOPTPARSTREAM');
says('4.7.1', 'data_sm', pdu(0x103, Raw::data_message($from, text())), 'data_sm_resp, ESME_ROK');
says('4.7.1', 'data_sm that ends early', pdu(0x103, "\0\1"), 'data_sm_resp, ESME_RINVCMDLEN');

# --- answers to submit_sm, one for each status
my @statuses = (1, 2, 3, 4, 5, 6, 7, 8, 0xA, 0xB, 0xC, 0xD, 0xE, 0xF, 0x11, 0x13, 0x14, 0x15, 0x33, 0x34, 0x40, 0x42, 0x43, 0x44, 0x45,
	0x48, 0x49, 0x50, 0x51, 0x53, 0x54, 0x55, 0x58, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0xC0, 0xC1, 0xC2, 0xC3, 0xC4, 0xFE, 0xFF,
	0x400, 0x4FF);
my %later = map { $_ => 1 } 4, 5, 8, 0xD, 0xE, 0xF, 0x14, 0x45, 0x58, 0x64, 0xFF, 0x400, 0x4FF;
my (%phone, %tries);
$phone{sprintf '+62899000000%04d', $_ + 1} = $statuses[$_] for 0 .. $#statuses;
$smsc->{on_submit} = sub {
	my ($me, $pdu) = @_;
	my $wanted = $phone{$pdu->{to}};
	return $me->accept_submit($pdu, "k$pdu->{seq}") if !defined $wanted || $tries{$pdu->{to}}++;
	$me->write(0x80000004, $wanted, $pdu->{seq});
};
$smsc->deliver($_, 'LAHIR ?', seq => ++$seq) for sort keys %phone;
my $open = "SELECT count(*) FROM outbox WHERE recipient LIKE '+62899%' AND state IN ('waiting', 'claimed')";
$smsc->until(sub { keys %tries == @statuses && !$kabar->sql($open) }, 90);
for my $to (sort { $phone{$a} <=> $phone{$b} } keys %phone) {
	my $state = $kabar->sql("SELECT state FROM outbox WHERE recipient = '$to' ORDER BY id DESC LIMIT 1");
	row('4.4.2, 5.1.3', sprintf('submit_sm_resp with command_status 0x%08x', $phone{$to}),
		($tries{$to} // 0) > 1 ? "sent again later: $state" : $state, $later{$phone{$to}} ? 'sent again later: sent' : 'dropped');
}
delete $smsc->{on_submit};

# --- the session
says('4.2.1', 'unbind', pdu(6, ''), 'unbind_resp, ESME_ROK');
row('4.2.1', 'after unbind', $smsc->hung_up ? 'the connection is closed' : 'it stays open', 'the connection is closed');
afresh();
for my $case (['command_length 15', pack 'NNNN', 15, 5, 0, 1], ['command_length 0', pack 'NNNN', 0, 5, 0, 1],
	['command_length 66561, above what is taken', pack 'NNNN', 66561, 5, 0, 1], ['command_length 0xffffffff', "\xff" x 16],
	['octets of another protocol', "GET / HTTP/1.1\r\nHost: x\r\n\r\n"]) {
	$smsc->octets($case->[1]);
	my $seen = name_of($smsc->read);
	row('5.1.1', $case->[0], $seen . ($smsc->hung_up ? '; the connection is closed' : ''),
		'generic_nack, ESME_RINVCMDLEN; the connection is closed');
	afresh();
}
$kabar->kill9;
$kabar->start;
my $fresh = Raw->accept($kabar);
my $asked = $fresh->read(auto => 0);
row('4.1.5', 'the first PDU of a connection', $asked && $asked->{command} == 9 ? 'bind_transceiver' : 'something else', 'bind_transceiver');
says('4.6.1', 'deliver_sm before bind_resp', Raw::pdu(5, 0, ++$seq, fields()), 'deliver_sm_resp, ESME_RINVBNDSTS', $fresh);
says('4.11', 'enquire_link before bind_resp', pdu(0x15, ''), 'enquire_link_resp, ESME_ROK', $fresh);
$fresh->write(0x80000009, 0, $asked->{seq}, "smsc\0" . Raw::tlv(0x210, "\x34") . Raw::tlv(0x1500, 'x'));
$smsc = $fresh;
says('4.1.6', 'bind_transceiver_resp with sc_interface_version and unknown TLVs, then deliver_sm', deliver(text()), $taken);

kill TERM => $kabar->{pid};
my $unbound = 0;
while (my $pdu = $smsc->read(seconds => 10)) {
	next if $pdu->{command} != 6;
	$unbound = 1;
	$smsc->write(0x80000006, 0, $pdu->{seq});
}
row('4.2.1', 'SIGTERM to the ESME', $unbound ? 'unbind' : 'nothing', 'unbind');
is($kabar->wait_exit(10), 0, 'exit status 0');
unlike($kabar->log, qr/Sanitizer|runtime error/, 'no complaint of a sanitizer');

my $document = <<'END' . join("\n", @rows) . "\n";
# Conformance to SMPP 3.4

What kabard, an ESME, does with what an SMSC may send. The table is made by `tests/integration/conformance.pl`, which tries each
row on a running kabard, and fails when it is not this file: never edit it (`KABAR_WRITE=1 make check
TESTS=tests/integration/conformance.pl` writes it). Clauses are those of the SMPP Protocol Specification v3.4, issue 1.2.

What is lenient is so on purpose: what a person wrote is not refused for a field that nothing depends on; it is kept as it came.

| no | clause | stimulus | behaviour | result |
|---|---|---|---|---|
END
my $file = "$FindBin::Bin/../../docs/conformance.md";
if ($ENV{KABAR_WRITE}) {
	open my $out, '>', $file or die "$file: $!";
	print $out $document;
	close $out or die "$file: $!";
}
open my $in, '<', $file or BAIL_OUT("$file: $!");
my $kept = do { local $/; <$in> };
ok($kept eq $document, 'docs/conformance.md is what was seen (KABAR_WRITE=1 writes it)');
cmp_ok(scalar @rows, '>=', 160, 'so many rows: ' . @rows);
done_testing();
