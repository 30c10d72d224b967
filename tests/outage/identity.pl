# A start on a store that is missing, empty, another, older or short of its journal is refused, and says what to do; what
# an operator accepts is taken.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../integration";
use File::Copy qw(copy move);
use Kabar;
use Test::More;

my $kabar = Kabar->new(now => '2024-08-15 03:00:00');
$kabar->configure(store => {ballast => 0});
my $db = $kabar->{db};
my $number = 0;

sub refused {
	my ($name, $why) = @_;
	unlink "$kabar->{dir}/kabard.log";
	$kabar->start(as_it_is => 1);
	my $status = $kabar->wait_exit;
	ok(defined $status && $status != 0, "$name: no start");
	like($kabar->log, $why, "$name: says why");
}

sub runs {
	my ($name, $messages) = @_;
	unlink "$kabar->{dir}/kabard.log";
	$kabar->start(as_it_is => 1);
	my $peer = $kabar->bound or BAIL_OUT("$name: " . $kabar->log);
	is($peer->answer($peer->deliver('+6281200000001', 'LAHIR ? ' . ++$number)), 0, $name) for 1 .. $messages || 1;
}

sub set_aside { move("$db$_", "$kabar->{dir}/aside$_") for grep { -e "$db$_" } @_ }
sub put_back { move("$kabar->{dir}/aside$_", "$db$_") for grep { -e "$kabar->{dir}/aside$_" } @_ }

refused('no store at all', qr/kabar\.db is missing or empty.*kabarctl store init/);
ok(!-e $db, 'and none is made');
$kabar->write_file($db, '');
refused('an empty file', qr/missing or empty/);
is(-s $db, 0, 'which stays empty');
unlink $db;
like($kabar->ctl('store', 'init'), qr/^store [0-9a-f]{32}, messages up to 0$/m, 'store init makes one');
$kabar->import_context;
runs('a message', 3);
ok(!eval { $kabar->ctl('store', 'accept'); 1 }, 'a running gateway is asked nothing of the kind');
like($@, qr/kabard runs/, 'and says so');
{
	my $second = Kabar->new(dir => $kabar->{dir});
	$second->{db} = $db;
	$second->start(as_it_is => 1);
	my $status = $second->wait_exit;
	ok(defined $status && $status != 0, 'a second gateway on one store does not start');
	like($kabar->log, qr/another kabard has this store/, 'and says why');
}
$kabar->ctl('backup', "$kabar->{dir}/copy");
my $peer = (grep { $_->{receives} } @{$kabar->{peers}})[0];
is($peer->answer($peer->deliver('+6281200000001', 'LAHIR ? ' . ++$number)), 0, 'another') for 1 .. 4;
$kabar->kill9;

set_aside('-wal', '-shm');
my $held = $kabar->read_file($db);
refused('without its journal', qr/is older than it was: .*message \d+,.*The acknowledgements of \d+ to 7 \(\d+\) are in doubt/);
is($kabar->read_file($db), $held, 'the file is left as it is');
unlink "$db-wal", "$db-shm";
put_back('-wal', '-shm');
runs('with it again: nothing is missing');
is($kabar->sql('SELECT count(*) FROM inbound'), 8, 'all eight');
is($kabar->stop, 0, 'exit status 0');

set_aside('');
$kabar->write_file("$kabar->{dir}/other.conf", $kabar->read_file("$kabar->{dir}/kabar.conf") =~ s/kabar\.db/other.db/r);
copy("$db.key", "$kabar->{dir}/other.db.key"); # were its key another one, that would be said first
chmod 0600, "$kabar->{dir}/other.db.key";
system("$Kabar::BUILD/kabarctl", '-c', "$kabar->{dir}/other.conf", 'store', 'init') == 0 or die;
move("$kabar->{dir}/other.db", $db);
unlink "$db-wal", "$db-shm";
refused('another store', qr/is another store .*kabarctl store accept/);
unlink "$db-wal", "$db-shm";
unlink $db;
put_back('');

set_aside('');
copy("$kabar->{dir}/copy", $db);
refused('an older copy', qr/ends with message 3, but 8 was stored before.*4 to 8 \(5\) are in doubt/);
like($kabar->ctl('store', 'accept'), qr/messages up to 3$/m, 'is accepted by an operator');
runs('and runs');
is($kabar->sql('SELECT count(*) FROM inbound'), 4, 'from where it was');
is($kabar->stop, 0, 'exit status 0');
runs('again, without a question');
is($kabar->stop, 0, 'exit status 0');
done_testing();
