# kabar-smsc with a client that is not ours (Net::SMPP): conversations, redelivery, throttling, bad credentials, load.
use strict;
use warnings;
use File::Temp qw(tempdir);
use Net::SMPP;
use POSIX ();
use Test::More;

my $smsc = ($ENV{top_builddir} || '.') . '/kabar-smsc';
my $dir = tempdir('smsc-XXXXXX', TMPDIR => 1, CLEANUP => 1);
$SIG{ALRM} = sub { die "too slow\n" };
alarm 120;

# Starts it; the port comes through a FIFO, so that reading it waits until clients may connect.
sub start {
	my (@args) = @_;
	unlink "$dir/port";
	POSIX::mkfifo("$dir/port", 0600) or die "mkfifo: $!";
	my $pid = open my $out, '-|', "exec $smsc --port 0 --port-file $dir/port @args 2>&1" or die "fork: $!";
	return {pid => $pid, out => $out};
}

sub port {
	my $run = shift;
	if (!$run->{port}) {
		open my $in, '<', "$dir/port" or die;
		$run->{port} = <$in> + 0;
	}
	return $run->{port};
}

sub connect_to {
	my ($run, %arg) = @_;
	return Net::SMPP->new_transceiver('127.0.0.1', port => port($run), smpp_version => 0x34, async => 0,
		system_id => 'kabar', password => 'rahasia', %arg);
}

# The rest of the output and the exit status.
sub finish {
	my $run = shift;
	local $/;
	my $text = readline $run->{out};
	CORE::close $run->{out};
	return ($text, $? >> 8);
}

sub script {
	my ($text) = @_;
	open my $out, '>', "$dir/script" or die;
	print $out $text;
	close $out;
	return "--script $dir/script";
}

# Answers deliver_sm with a reply that reverses the text, until the connection ends. Returns what came.
sub talk {
	my ($client, %arg) = @_;
	my (@seen, @statuses);
	local $SIG{__WARN__} = sub { };
	while (my $pdu = $client->read_pdu) {
		if ($pdu->{cmd} == 5) {
			push @seen, $pdu;
			$client->deliver_sm_resp(seq => $pdu->{seq}, message_id => '');
			$client->submit_sm(async => 1, source_addr => '2255', dest_addr_ton => 1, dest_addr_npi => 1,
				destination_addr => $pdu->{source_addr}, registered_delivery => 1,
				short_message => scalar(reverse $pdu->{short_message})) if !($pdu->{esm_class} & 4) && !$arg{silent};
		} elsif ($pdu->{cmd} == 0x80000004) {
			push @statuses, $pdu->{status};
		} elsif ($pdu->{cmd} == 6) {
			$client->unbind_resp(seq => $pdu->{seq});
		}
	}
	return (\@seen, \@statuses);
}

# A conversation.
my $run = start(script(<<'E1'));
wait bind
note Satu
sms +6281200000001: LAHIR ?
expect reply ~ ^\? RIHAL$
again
expect reply ~ RIHAL
throttle 1
sms +6281200000002: DUA
wait answered
expect no reply +6281200000002
sms +6281200000002: caf\u00e9 \u20ac
expect reply ~ fac
receipts on
sms +6281200000003: TIGA
expect reply ~ AGIT within 5
wait answered
E1
my $client = connect_to($run);
my ($seen, $statuses) = talk($client);
my ($text, $status) = finish($run);
is($status, 0, 'a conversation as expected ends with 0') or diag($text);
like($text, qr/^\+6281200000001 > LAHIR \?$/m, 'it prints what was said');
like($text, qr/4 answered as expected, 0 not|5 answered as expected, 0 not/, 'and counts') or diag($text);
is($seen->[0]{source_addr}, '6281200000001', 'the sender');
is($seen->[0]{short_message}, 'LAHIR ?', 'the text');
is($seen->[1]{data}, $seen->[0]{data}, 'again: octet for octet');
is($statuses->[2], 0x58, 'a throttled submit');
is($seen->[3]{short_message}, "caf\x05 \x1be", 'GSM 03.38 with its extension table');
ok((grep { $_->{esm_class} & 4 && $_->{short_message} =~ /stat:DELIVRD/ } @$seen), 'a receipt');

# An answer that is not as expected.
$run = start(script("wait bind\nsms +6281200000001: SATU\nexpect reply ~ DUA\n"));
talk(scalar connect_to($run));
($text, $status) = finish($run);
is($status, 1, 'another answer: 1');
like($text, qr/script:3: expected DUA\n    came: UTAS/, 'and says what came');

# Nobody answers.
$run = start(script("wait bind\nsms +6281200000001: SATU\nexpect reply ~ DUA within 1\n"));
talk(scalar connect_to($run), silent => 1);
is((finish($run))[1], 1, 'no answer: 1');

# Credentials.
$run = start('--system-id kabar --password benar', script("wait bind within 3\nsms +6281200000001: X\nwait answered\n"));
my ($wrong, $response) = connect_to($run);
is($response ? $response->{status} : undef, 0x0E, 'a wrong password: ESME_RINVPASWD');
$wrong->close if $wrong;
my $right = connect_to($run, password => 'benar');
talk($right);
is((finish($run))[1], 0, 'the right one is let in');

# A dead session: what was not acknowledged comes again.
$run = start(script("wait bind\nsms +6281200000001: SEKALI\nwait answered\n"));
$client = connect_to($run);
my $first = $client->read_pdu;
$client->close;
$client = connect_to($run);
my $second = $client->read_pdu;
is($second->{data}, $first->{data}, 'an unacknowledged message is delivered again');
$client->deliver_sm_resp(seq => $second->{seq}, message_id => '');
is((finish($run))[1], 0, 'until it is acknowledged');

# Load.
$run = start('--load 500 --window 20 --senders 50');
($seen) = talk(scalar connect_to($run));
($text, $status) = finish($run);
is($status, 0, 'a load that is answered whole: 0') or diag($text);
like($text, qr/^messages=500 accepted=500 refused=0 replies=500$/m, 'its figures');
my %texts = map { $_->{short_message} => 1 } @$seen;
is(scalar keys %texts, 500, 'no report twice');
done_testing();
