# One list of conditions, told alike by status, /healthz and the metrics: nothing that people would notice is missing.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use IO::Socket::INET;
use JSON::PP;
use Kabar;
use Test::More;

# The port is free again when kabard starts: another test takes another one.
my $probe = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1', LocalPort => 0) or die;
my $http = $probe->sockport;
close $probe;
my $kabar = Kabar->new;
$kabar->configure(gateway => {control => "$kabar->{dir}/c.sock"}, http => {listen => "127.0.0.1:$http"},
	limits => {replies_per_day => 8});
$kabar->import_context;
$kabar->start;

sub fetch {
	my $path = shift;
	my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $http, Timeout => 5) or return '';
	print $socket "GET $path HTTP/1.0\r\n\r\n";
	local $/;
	return scalar <$socket> // '';
}

sub status { decode_json($kabar->ctl('status', '--json')) }
sub names { my $weight = shift; return join ' ', map { $_->{name} } grep { $_->{weight} eq $weight } @{status()->{conditions}} }

# Waits until the list of a weight reads so; the operator goes on meanwhile.
sub comes {
	my ($weight, $list, $what) = @_;
	ok($kabar->comes(sub { names($weight) eq $list }), $what)
		or diag(names($weight), "\n", $kabar->log);
}

# Beside kabard, as an operator's mistake or another process would.
sub change { system('sqlite3', $kabar->{db}, ".timeout 5000", $_[0]) == 0 or die "sqlite3: $_[0]" }

my $peer = $kabar->bound or BAIL_OUT('kabard does not bind: ' . $kabar->log);
comes(bad => '', 'nothing is wrong');
like(fetch('/healthz'), qr/ 200 .*\nok\n/s, '/healthz agrees');
is(status()->{healthy}, JSON::PP::true, 'healthy');
like(fetch('/metrics'), qr/^kabar_condition\{name="alarm-waits",weight="bad"\} 0$/m, 'each condition is a metric');

my $now = time;
my $row = "INSERT INTO outbox (kind, class, link, recipient, text, state, created, due) VALUES";
change("$row ('alert', 1, 'uji', '+6281200000001', 'x', 'waiting', $now - 120, $now + 600)");
comes(bad => 'alarm-waits', 'a death alarm that waits for two minutes');
like(fetch('/healthz'), qr/ 503 .*bad alarm-waits: an alarm waits for \d+ s/s, '/healthz says which, with 503');
like(fetch('/metrics'), qr/^kabar_condition\{name="alarm-waits",weight="bad"\} 1$/m, 'so does the metric');
like($kabar->ctl('status'), qr/NOT HEALTHY.*\nbad     alarm-waits: .*\n.*waiting alarm .* 1 in the store/s, 'and status');
ok($kabar->comes(sub { $kabar->log =~ /condition name=alarm-waits: an alarm waits/ }), 'and the log');
change("UPDATE outbox SET state = 'dropped' WHERE kind = 'alert'; $row ('reply', 2, 'uji', '+62812', 'x', 'waiting', $now - 400, $now + 600)");
comes(bad => 'answer-waits', 'an answer that waits');
change("UPDATE outbox SET state = 'dropped' WHERE state = 'waiting'");
comes(bad => '', 'it is gone');
change("INSERT INTO human (inbound, received, phone, text, state) VALUES (1, $now, '+62812', 'x', 'waiting')");
comes(warn => 'human-inbox', 'somebody waits for a person: a warning, no more');
is(status()->{healthy}, JSON::PP::true, 'healthy all the same');

# Eight answers a day, two of them for strangers: they do not use up the others'.
$peer->answer($peer->deliver(sprintf('+62899111%04d', $_), "halo $_")) for 1 .. 5;
comes(warn => 'quota-strangers human-inbox', 'strangers have used up their share');
$peer->answer($peer->deliver('+6281200000001', "CEK SAYA $_")) for 1 .. 5;
is(names('bad'), '', 'people on file are still answered');
$peer->answer($peer->deliver('+6281200000001', "LAHIR ? $_")) for 6 .. 9;
comes(bad => 'quota', 'all answers of the day are used up: said loudly');

$peer->close;
close $kabar->{listen};
@{$kabar->{peers}} = ();
comes(bad => 'no-link quota', 'no operator');
$kabar->kill9;
done_testing();
