# Those who come to the doors beside the SMSC's and do not leave: idle control connections, half requests at the HTTP
# port, a control path that is somebody's file, a log that nobody reads. Messages are answered all the while.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use IO::Socket::INET;
use IO::Socket::UNIX;
use Kabar;
use Test::More;

my $probe = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1', LocalPort => 0) or die;
my $http = $probe->sockport;
close $probe;
my $kabar = Kabar->new(now => '2024-08-15 03:00:00');
my %conf = (gateway => {control => "$kabar->{dir}/c.sock"}, http => {listen => "127.0.0.1:$http"});
$kabar->configure(%conf);
$kabar->import_context;

# A file where the socket should be stays what it is.
$kabar->configure(gateway => {control => $kabar->{db}});
my $size = -s $kabar->{db};
$kabar->start;
isnt($kabar->wait_exit, 0, 'a control path that is a file: no start');
is(-s $kabar->{db}, $size, 'and the file is left alone');
ok(!eval { $kabar->ctl('config', 'check'); 1 }, 'config check refuses it too');
like($@, qr/kabar\.db is there and is no socket/, 'and says why');

$kabar->configure(%conf);
$kabar->start(wrap => ['sh', '-c', 'ulimit -n 100; exec "$@"', 'sh']);
my $peer = $kabar->bound or BAIL_OUT('kabard does not bind: ' . $kabar->log);
my $asks = 0;
sub works {
	my $name = shift;
	is($peer->answer($peer->deliver('+6281200000001', 'LAHIR ? ' . ++$asks)), 0, $name);
}

my @idle = map { IO::Socket::UNIX->new(Peer => "$kabar->{dir}/c.sock") } 1 .. 40;
works('with idle control connections messages are answered');
ok($kabar->serve(sub { eval { $kabar->ctl('status') } }), 'kabarctl gets in when they were idle for a while');
@idle = ();

my @half;
for (1 .. 129) {
	my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $http, Timeout => 1) or next;
	print $socket "GET /heal";
	push @half, $socket;
}
works('with half requests at the HTTP port messages are answered');
$kabar->serve(sub { 0 }, 1);
cmp_ok(length $kabar->log, '<', 20000, 'the log stays small');
my @stat = split ' ', $kabar->read_file("/proc/$kabar->{pid}/stat");
$kabar->serve(sub { 0 }, 1);
my @later = split ' ', $kabar->read_file("/proc/$kabar->{pid}/stat");
cmp_ok($later[13] + $later[14] - $stat[13] - $stat[14], '<', 50, 'and nothing spins');
@half = ();
my $health = sub {
	my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $http, Timeout => 5) or return '';
	print $socket "GET /healthz HTTP/1.0\r\n\r\n";
	my $text = '';
	$kabar->serve(sub { IO::Select->new($socket)->can_read(0) && !sysread($socket, $text, 4096, length $text) }, 15);
	return $text;
};
ok($kabar->serve(sub { $health->() =~ / 200 / }), 'it answers again when they have gone');
is($kabar->stop, 0, 'exit status 0') or diag($kabar->log);

# A log that nobody reads: a full pipe holds nothing up.
$kabar->configure(%conf, gateway => {%{$conf{gateway}}, log_level => 'debug'});
POSIX::mkfifo("$kabar->{dir}/log", 0600) or die;
open my $reader, '+<', "$kabar->{dir}/log" or die;
$kabar->start(wrap => ['sh', '-c', "exec \"\$@\" 2>$kabar->{dir}/log", 'sh']);
$peer = $kabar->bound or BAIL_OUT('kabard does not bind');
my @sequences = map { $peer->deliver(sprintf('+6281300%06d', $_), "LAHIR ? $_") } 1 .. 600;
ok($kabar->serve(sub { !grep { !defined $peer->{answers}{$_} } @sequences }), 'nobody waits for the reader of the log');
like($kabar->ctl('status', '--json'), qr/"log_dropped":[1-9]/, 'what was dropped is counted');
is($kabar->stop, 0, 'exit status 0');
done_testing();
