# A gateway is cut off from its store: its backends stand still (SIGSTOP), then the whole server does, while an operator
# goes on writing. The link stays bound, nothing is acknowledged, memory does not grow, and after SIGCONT everything is
# stored once and answered. A gateway that starts while there is no server waits for it. Two workers. Runs on PostgreSQL: tests/cluster.sh makes one. KABAR_MESSAGES: of each of the two.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../integration";
use IO::Select;
use Kabar;
use Test::More;

exec "$Kabar::TOP/tests/cluster.sh", 'run', $^X, $0 if !$ENV{KABAR_TEST_POSTGRES};
my $count = $ENV{KABAR_MESSAGES} || 2000;
my $kabar = Kabar->new;
$kabar->configure(store => {workers => 2}, limits => {inbox => 100}, 'smsc uji' => {enquire_link => 1});
$kabar->import_context;
$kabar->import_crowd(100);
$kabar->start;
my $peer = $kabar->bound or BAIL_OUT($kabar->log);
my ($told, @todo, %under_way, %stored) = (0);

sub memory { $kabar->read_file("/proc/$kabar->{pid}/status") =~ /^VmRSS:\s+(\d+) kB/m ? $1 / 1024 : -1 }
sub query { my $out = qx(psql -qXAt -d "$ENV{KABAR_TEST_POSTGRES}" -c "$_[0]"); die "$_[0]: $?" if $?; return split ' ', $out }

# Writes as long as the gateway reads, takes what it answers; what is refused comes again.
sub pump {
	my ($seconds, $done) = @_;
	my $writable = IO::Select->new($peer->{socket});
	$kabar->serve(sub {
		for (keys %under_way) {
			my $status = $peer->{answers}{$_} // next;
			my $message = delete $under_way{$_};
			$status == 0 ? $stored{$message}++ : push @todo, $message;
		}
		for (1 .. 50) {
			last if !@todo || !$writable->can_write(0);
			my $message = shift @todo;
			$under_way{$peer->deliver(sprintf('+62899000000%04d', $message % 100), Kabar::birth($message))} = $message;
		}
		return $done->();
	}, $seconds);
}

sub stands_still {
	my ($what, @processes) = @_;
	kill STOP => @processes;
	my $before = keys %stored;
	@todo = ($told .. $told + $count - 1);
	$told += $count;
	pump(2, sub { 0 });    # what was committed when it stopped may still be on its way
	my ($acknowledged, $submitted, $begun) = (scalar keys %stored, scalar $kabar->submits, memory());
	cmp_ok($acknowledged - $before, '<=', 256, "$what: at most what was being committed is acknowledged");
	pump(10, sub { 0 });
	is(scalar keys %stored, $acknowledged, "$what: nothing is acknowledged while it stands still");
	is(scalar $kabar->submits, $submitted, 'nor is anything sent');
	is_deeply([grep { $_->{receives} } @{$kabar->{peers}}], [$peer], 'the link stays bound');
	cmp_ok(memory() - $begun, '<=', 1, sprintf 'memory does not grow (%.1f MB, %.2f more)', memory(), memory() - $begun);
	cmp_ok(scalar keys %under_way, '<', $told, 'the operator was not read any more') if $count > 1000;
	kill CONT => reverse @processes;
	ok(pump(5 * $Kabar::PATIENCE, sub { keys %stored == $told }), "$what: all arrives when it goes on") or diag(scalar keys %stored, $kabar->log);
}

stands_still('the backends', query("SELECT pid FROM pg_stat_activity WHERE application_name = 'kabar'"));
my ($directory) = $ENV{KABAR_TEST_POSTGRES} =~ /host=(\S+)/;
my ($postmaster) = $kabar->read_file("$directory/data/postmaster.pid") =~ /^(\d+)/;
stands_still('the server', $postmaster, map { /(\d+)/ } `ps -o pid= --ppid $postmaster`);
ok($kabar->serve(sub { $kabar->submits >= $told }, 60), 'each is answered') or diag(scalar $kabar->submits);
is($kabar->sql('SELECT count(*) FROM inbound'), $told, 'each message is kept once');
is($kabar->sql('SELECT count(*) FROM reports'), $told, 'each is one report');
is($kabar->stop, 0, 'SIGTERM: exit status 0') or diag($kabar->log);

# A start while there is no server: it waits, and needs nobody to start it again.
my $cluster = "$Kabar::TOP/tests/cluster.sh";
system($cluster, 'stop', $directory, 'immediate') == 0 or die "$cluster: $?";
$kabar->start(as_it_is => 1);
ok($kabar->comes(sub { $kabar->log =~ /store: cannot be opened/ }), 'it says that there is no server') or diag($kabar->log);
qx($cluster start $directory);
ok($kabar->bound, 'and goes on when there is one') or diag($kabar->log);
is($kabar->stop, 0, 'SIGTERM: exit status 0') or diag($kabar->log);
done_testing();
