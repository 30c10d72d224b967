# The operator connects and asks with outbind; kabard binds on that connection. Strangers and chatterers are refused.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use IO::Socket::INET;
use Kabar;
use Raw;
use Test::More;
use Time::HiRes qw(time);

my $free = Raw::listener();
my $port = $free->{port};
close $free->{listen};
my $from = '+6281200000003';
my $kabar = Kabar->new(now => '2024-08-15 03:00:00');
$kabar->configure('smsc uji' => {bind => 'transmitter+receiver', listen => "127.0.0.1:$port", connect_timeout => 1});
$kabar->import_context;
$kabar->start;
my $tx = Raw->accept($kabar);
my $bind = $tx->read(auto => 0);
is($bind && $bind->{command}, 2, 'the transmitter connects by itself');
$tx->write(0x80000002, 0, $bind->{seq}, "smsc\0");

sub call {
	my $until = time + $Kabar::PATIENCE;
	my $socket;
	until ($socket || time > $until) {
		$socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port, @_);
		$tx->read(seconds => 0.05) if !$socket;
	}
	return $socket ? Raw->new($socket) : BAIL_OUT('nobody listens: ' . $kabar->log);
}

ok(call(LocalAddr => '127.0.0.2')->hung_up, 'a stranger is refused');
my $wrong = call();
$wrong->write(0x15, 0, 1);
ok($wrong->hung_up, 'another PDU than outbind is refused');
my $mute = call();
ok($mute->hung_up, 'so is silence');
my $rx = call();
$rx->write(0x0B, 0, 1, "smsc\0rahasia\0");
$bind = $rx->read(auto => 0);
is($bind && $bind->{command}, 1, 'outbind: bind_receiver comes on the same connection');
like($bind->{body}, qr/^kabar\0rahasia\0/, 'with our account');
$rx->write(0x80000001, 0, $bind->{seq}, "smsc\0");
is($rx->response($rx->deliver($from, 'LAHIR ?'))->{status}, 0, 'a message is taken');
ok($tx->until(sub { @{$tx->{submits}} }), 'and answered over the transmitter');
my $second = call();
$second->write(0x0B, 0, 1, "smsc\0rahasia\0");
ok($second->hung_up, 'a second call while bound is refused');
$rx->close;
$rx = call();
$rx->write(0x0B, 0, 1, "smsc\0rahasia\0");
$bind = $rx->read(auto => 0);
is($bind && $bind->{command}, 1, 'after a lost connection the SMSC calls again');
$rx->write(0x80000001, 0, $bind->{seq}, "smsc\0");
is($rx->response($rx->deliver($from, 'LAHIR ? lagi'))->{status}, 0, 'and it works');
kill TERM => $kabar->{pid};
ok($_->part, 'unbind at the end') for $tx, $rx;
is($kabar->wait_exit(10), 0, 'SIGTERM: exit status 0') or diag($kabar->log);
unlike($kabar->log, qr/Sanitizer|runtime error/, 'no complaint of a sanitizer');
done_testing();
