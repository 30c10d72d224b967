# A store in trouble under a running gateway: held by another writer, a disk that fails, a file that is moved away,
# damaged or not a database. Nothing is acknowledged that is not kept, and no database is made anew.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../integration";
use Cwd qw(abs_path);
use IO::Handle;
use Kabar;
use Raw;
use Test::More;
use Time::HiRes qw(time);

my $from = '+6281200000003';
my $day = 0;
my $kabar = Kabar->new(now => '2024-08-15 03:00:00');
my @shims = ($ENV{KABAR_SANITIZED} ? split(' ', `gcc -print-file-name=libasan.so`) : (),
	map { abs_path("$Kabar::BUILD/tests/shims/$_.so") } qw(wallclock eio));
$kabar->configure;
$kabar->import_context;
my $smsc = afresh();

sub afresh {
	$kabar->kill9 if $kabar->{pid};
	unlink "$kabar->{dir}/eio";
	$kabar->start(wrap => ['env', 'LD_PRELOAD=' . join(':', @shims), "KABAR_EIO=$kabar->{dir}/eio"]);
	return Raw->accept_bound($kabar) || BAIL_OUT('kabard does not bind: ' . $kabar->log);
}

# The status of a report that was not there before; undef: no answer.
sub report {
	my ($seconds) = @_;
	my $seq = $smsc->deliver($from, sprintf 'LAHIR#SITI %s#25#1/8/24#L#3200#49#PKM#BIDAN#HIDUP', 'A' x ++$day);
	my $answer = $smsc->response($seq, $seconds);
	return $answer ? $answer->{status} : undef;
}

sub kept { $kabar->sql("SELECT count(*) FROM reports") }

# It ends by itself, with an error, and answered nothing.
sub ends {
	my ($name) = @_;
	is(report(), undef, "$name: no answer");
	my $status = $kabar->wait_exit;
	ok(defined $status && $status != 0, "$name: the program ends with an error") or diag($kabar->log);
}

is(report(), 0, 'a report');

open my $other, '|-', 'sqlite3', $kabar->{db} or die "sqlite3: $!";
$other->autoflush(1);
print $other ".timeout 5000\nBEGIN IMMEDIATE;\n.system touch $kabar->{dir}/held\n";
$smsc->until(sub { -e "$kabar->{dir}/held" });
my $start = time;
is(report(), 0x64, 'another writer holds the store: ESME_RX_T_APPN');
cmp_ok(time - $start, '>=', 2.5, 'not at once');
print $other "ROLLBACK;\n.quit\n";
close $other;
is(report(), 0, 'and the next is taken when it let go');

my $before = kept();
$kabar->write_file("$kabar->{dir}/eio", '');
ends('a sync that fails');
$smsc = afresh();
is($kabar->sql('PRAGMA integrity_check'), 'ok', 'the store is sound after the restart');
cmp_ok(kept(), '>=', $before, 'and has all that was acknowledged');
is(report(), 0, 'it works again');

$before = kept();
rename "$kabar->{db}$_", "$kabar->{dir}/away$_" for '', '-wal', '-shm';
ends('the file is moved away');
ok(!-e $kabar->{db}, 'no new one is made');
rename "$kabar->{dir}/away$_", "$kabar->{db}$_" for '', '-wal', '-shm';
$smsc = afresh();
is(kept(), $before, 'put back: nothing is missing');

$kabar->kill9;
my $good = $kabar->read_file($kabar->{db});
for my $bad (['garbage', 'x' x 100_000], ['a damaged header', 'y' x 100 . substr $good, 100]) {
	my ($name, $octets) = @$bad;
	unlink glob "$kabar->{db}*";
	$kabar->write_file($kabar->{db}, $octets);
	$kabar->start;
	my $status = $kabar->wait_exit;
	ok(defined $status && $status != 0, "$name: it does not start");
	is($kabar->read_file($kabar->{db}), $octets, "$name: the file is left as it is");
}

# Where no file can be made, it says so and ends; /proc is closed to root too.
for my $path ("$kabar->{dir}/none/kabar.db", $kabar->{dir}, '/proc/kabar.db') {
	$kabar->configure(store => {path => $path});
	$kabar->start;
	my $status = $kabar->wait_exit;
	ok(defined $status && $status != 0, "$path: it does not start");
	my ($last) = $kabar->log =~ /(.*)\n\z/;
	like($last, qr/store: cannot be opened .*\Q$path\E/, 'and says why');
}
unlike($kabar->log, qr/Sanitizer|runtime error/, 'no complaint of a sanitizer');
done_testing();
