# Two gateways on one PostgreSQL with a synchronous standby: gateways, backends and servers are killed while messages
# come in, the standby is promoted. What was acknowledged is stored once, counted once and answered.
# KABAR_MESSAGES (of a round) and KABAR_ROUNDS make it longer. A control with synchronous_commit = off must lose messages.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../integration";
use File::Temp qw(tempdir);
use IO::Select;
use Kabar;
use Test::More;
use Time::HiRes qw(time);

my $total = $ENV{KABAR_MESSAGES} || 48;
my $rounds = $ENV{KABAR_ROUNDS} || 10;
my $cluster = "$Kabar::TOP/tests/cluster.sh";
my $bin = (sort glob '/usr/lib/postgresql/*/bin')[-1];
my $base = tempdir('kabar-pair-XXXXXX', TMPDIR => 1, CLEANUP => 1);
chmod 0755, $base;
my @servers;    # directories
my @gateways;

sub run_as {
	my ($dir, @command) = @_;
	unshift @command, 'setpriv', '--reuid=' . (stat $dir)[4], '--regid=' . (stat $dir)[5], '--clear-groups' if $> == 0;
	system(@command) == 0 or die "@command: $?";
}
sub append { my ($file, $text) = @_; open my $out, '>>', $file or die "$file: $!"; print $out $text; close $out or die }
sub server { my ($verb, $dir, @more) = @_; my $out = qx($cluster $verb $dir @more); die "$verb $dir: $?" if $?; return $out }
sub query { my ($dir, $sql) = @_; my $out = qx(psql -qXAt -h $dir -U postgres -d postgres -c "$sql"); die "$sql: $?" if $?; chomp $out; return $out }

sub make_primary {
	my $dir = "$base/" . @servers;
	server(make => $dir);
	append("$dir/data/postgresql.conf", "fsync = off\nwal_keep_size = 64MB\nrestart_after_crash = on\n");
	server(start => $dir);
	push @servers, $dir;
}

# A standby of the server that is the primary; commits wait for it from then on.
sub make_standby {
	my $primary = $servers[-1];
	my $dir = "$base/" . @servers;
	mkdir $dir or die;
	chown((stat $primary)[4, 5], $dir) if $> == 0;
	run_as($dir, "$bin/pg_basebackup", '-h', $primary, '-U', 'postgres', '-D', "$dir/data", '-R', '-X', 'stream', '--checkpoint=fast', '--no-sync');
	append("$dir/data/postgresql.conf", "unix_socket_directories = '$dir'\n");
	server(start => $dir);
	query($primary, "ALTER SYSTEM SET synchronous_standby_names = '*'");
	query($primary, 'SELECT pg_reload_conf()');
	my $until = time + $Kabar::PATIENCE;
	1 until query($primary, "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") eq '1' || time > $until;
	push @servers, $dir;
}

# The primary dies, its standby takes over and waits for nobody.
sub fail_over {
	server(stop => $servers[-2], 'immediate');
	query($servers[-1], "ALTER SYSTEM SET synchronous_standby_names = ''");
	run_as($servers[-1], "$bin/pg_ctl", '-D', "$servers[-1]/data", '-s', '-w', 'promote');
	query($servers[-1], 'SELECT pg_reload_conf()');
}

# The two that are a pair now: a server that was fenced never comes back.
sub conninfo { 'host=' . join(',', @servers[-(@servers > 1 ? 2 : 1) .. -1]) . ' dbname=postgres user=postgres ' . ($_[0] || '') }

sub gateway {
	my ($name, $more) = @_;
	my $kabar = Kabar->new(conninfo => conninfo($more));
	$kabar->{key} = "$base/kabar.key";
	$kabar->{name} = $name;
	return $kabar;
}
sub configure {
	my $kabar = shift;
	$kabar->configure(gateway => {name => $kabar->{name}, control => "$base/$kabar->{name}.sock"}, store => {key => $kabar->{key}, conninfo => $kabar->{conninfo}, workers => $kabar->{name} eq 'gw1' ? 1 : 3});
}


my (%sent, @todo, @status);    # sent: by gateway, sequence => message

sub take_answers {
	my $sent = shift;
	for (keys %{$sent->{out}}) {
		my $answer = $sent->{peer}{answers}{$_};
		next if !defined $answer;
		my $message = delete $sent->{out}{$_};
		$status[$message] = $answer if !(defined $status[$message] && $status[$message] == 0);
		push @todo, $message if $answer != 0;
	}
}

# A gateway that cannot know any more what of its rows is where ends by itself, and whoever watches it starts it anew.
sub ended_rightly { $_[0]->log =~ /whose answer came too late|took its place/ }
sub watch {
	my $kabar = shift;
	return if !IO::Select->new($kabar->{alive})->can_read(0);
	$kabar->wait_exit;
	ended_rightly($kabar) or BAIL_OUT("$kabar->{name} ended: " . $kabar->log);
	$kabar->start;
}

# Sends what is left over all gateways until `target` messages are acknowledged.
sub run_until {
	my ($target, @gateways) = @_;
	my $until = time + 90;
	while (grep({ defined && $_ == 0 } @status) < $target) {
		return 0 if time > $until;
		for my $kabar (@gateways) {
			watch($kabar);
			$kabar->serve(sub { 0 }, 0.02);
			my ($peer) = grep { $_->{receives} } @{$kabar->{peers}} or next;
			my $sent = $sent{$kabar} ||= {peer => $peer, out => {}};
			take_answers($sent);
			if ($sent->{peer} != $peer) {    # a new session: all that was under way comes again, over any gateway
				unshift @todo, sort { $a <=> $b } values %{$sent->{out}};
				$sent = $sent{$kabar} = {peer => $peer, out => {}};
			}
			while (@todo && keys %{$sent->{out}} < 25) {
				my $message = shift @todo;
				$sent->{out}{$peer->deliver(sprintf('+62899000000%04d', $message % 100), Kabar::birth($message))} = $message;
			}
		}
	}
	return 1;
}

# A backend of a gateway on the primary; they may just be connecting again.
sub backend {
	my $until = time + $Kabar::PATIENCE;
	my $pid = '';
	while ($pid eq '' && time < $until) {
		$pid = qx(psql -qXAt -h $servers[-2] -U postgres -d postgres -c "SELECT pid FROM pg_stat_activity WHERE application_name = 'kabar' ORDER BY random() LIMIT 1" 2>&1);
		$pid = $pid =~ /^(\d+)$/ ? $1 : '';
		$_->serve(sub { 0 }, 0.05) for grep { $_->{pid} } @gateways;
	}
	return $pid || BAIL_OUT('no gateway comes back to its server');
}

make_primary();
make_standby();
@gateways = map { gateway($_) } qw(gw1 gw2);
configure($_) for @gateways;
$gateways[0]->import_context;
$gateways[0]->import_crowd(100);
$_->start for @gateways;
ok($_->bound, "$_->{name} is bound") || BAIL_OUT($_->log) for @gateways;

my $same = gateway('gw1');
configure($same);
$same->start;
isnt($same->wait_exit, 0, 'a second gateway of one name does not start');
like($same->log, qr/the name gw1 is that of \S+, process $gateways[0]{pid},/, 'and says who has it');
is($gateways[0]->sql('SELECT count(*) FROM gateways'), 2, 'two gateways are known');

my @faults = (
	['a gateway is killed', sub { $gateways[0]->kill9; $gateways[0]->start }],
	['a backend is killed', sub { kill KILL => backend() }],
	['a backend stands still', sub { my $pid = backend(); kill STOP => $pid; $gateways[0]->serve(sub { 0 }, 1); kill CONT => $pid }],
	['the server is killed', sub { server(stop => $servers[-2], 'immediate'); server(start => $servers[-2]) }],
	['the standby is promoted', sub { fail_over(); }],
);
@todo = (0 .. $total * $rounds - 1);
for my $round (1 .. $rounds) {
	if ($round > 1) {
		make_standby();
		for (@gateways) {
			$_->{conninfo} = conninfo();
			configure($_);
			ok($_->stop == 0 || ended_rightly($_), "$_->{name} stops") or diag($_->log);
			$_->start;
		}
	}
	for my $i (0 .. $#faults) {
		my ($what, $do) = @{$faults[$i]};
		ok(run_until(int($total * ($round - 1 + ($i + 1) / (@faults + 1))), @gateways), "load until: $what")
			or BAIL_OUT(join "\n", map { $_->log } @gateways);
		$do->();
	}
	ok(run_until($total * $round, @gateways), 'every message is acknowledged in the end') or BAIL_OUT(join "\n", map { $_->log } @gateways);
}
my $all = $total * $rounds;
# A message that was at work at three kills in a row is held to be their cause: a person reads it. That is rare.
my $aside = sub { $gateways[1]->sql("SELECT count(*) FROM inbound WHERE state = 'quarantined'") };
my %replies;
my $answered = sub {
	$_->serve(sub { 0 }, 0.05) for @gateways;
	%replies = ();
	$replies{$_}++ for map { $_->{text} =~ /(L\d{4}-\d+)/ } map { $_->submits } @gateways;
	keys(%replies) + $aside->() >= $all;
};
my $until = time + $Kabar::PATIENCE;
1 until $answered->() || time > $until;
cmp_ok($aside->(), '<=', $rounds, 'hardly any is set aside for a person');
is(keys(%replies) + $aside->(), $all, 'every report was answered with its reference') or diag(join "\n", map { $_->log } @gateways);
my $twice = grep { $_ > 1 } values %replies;
cmp_ok($twice, '<=', $rounds * 5 * 100, "replies sent twice: $twice, at most a window per fault and gateway");
my $check = $gateways[1];
is($check->sql('SELECT count(*) FROM inbound'), $all, 'each message is kept once');
is($check->sql("SELECT count(*) FROM reports WHERE status IN ('accepted', 'verified')") + $aside->(), $all, 'each is one report');
is($check->sql('SELECT count(*) - count(DISTINCT ref) FROM reports'), 0, 'no reference twice');
is($check->sql("SELECT sum(count) FROM tally_day WHERE indicator = 'lahir'") + $aside->(), $all, 'the tally counts each once');
is($check->sql('SELECT count(*) - count(DISTINCT (job, period)) FROM jobs'), 0, 'no job twice');
like($check->ctl('status'), qr/^shared +gw1 .*lives.*^shared +gw2 .*lives/ms, 'kabarctl status lists the gateways that share the store');
is(qx(cat $base/*/log | grep -c 'deadlock detected'), "0\n", 'no two of them waited for each other');
ok($_->stop == 0 || ended_rightly($_), "$_->{name}: SIGTERM, exit status 0") || diag($_->log) for @gateways;
like($check->ctl('verify'), qr/./, 'kabarctl verify finds nothing wrong');

# The control: what was acknowledged without a flush is gone with the server.
append("$servers[-1]/data/postgresql.conf", "wal_writer_delay = 10s\nwal_writer_flush_after = 256MB\n");
query($servers[-1], 'SELECT pg_reload_conf()');
@servers = ($servers[-1]);
my $loser = gateway('gw1', "options='-c synchronous_commit=off'");
configure($loser);
$loser->start;
ok($loser->bound, 'a gateway that does not wait for the disk is bound') or BAIL_OUT($loser->log);
@todo = ($all .. $all + 49);
ok(run_until($all + 50, $loser), 'it acknowledges');
ok($loser->serve(sub { $loser->log =~ /synchronous_commit is off/ }), 'it is told that this loses messages') or diag($loser->log);
# Nobody else writes the log meanwhile.
kill STOP => split ' ', query($servers[-1], "SELECT pid FROM pg_stat_activity WHERE backend_type IN"
	. " ('walwriter', 'background writer', 'checkpointer', 'autovacuum launcher')");
@todo = ($all + 50 .. $all + 99);
ok(run_until($all + 100, $loser), 'all is acknowledged');
server(stop => $servers[-1], 'immediate');
$loser->kill9;
server(start => $servers[-1]);
cmp_ok($loser->sql('SELECT count(*) FROM inbound'), '<', $all + 100, 'without synchronous_commit the server loses what was acknowledged');
server(stop => $servers[-1], 'immediate');
done_testing();
END { local $?; system("$cluster stop $_ immediate >/dev/null 2>&1") for @servers }
