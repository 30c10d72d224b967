# The fault bench: faults under load, and after each the same verifier: each acknowledged message is kept once, has one
# outcome, one report and its answer; the tallies are those of the reports; the store is sound. Its negative controls
# show that it sees each kind of damage. KABAR_FAULTS_ALL=1 runs all rows; without it those marked with * alone.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../integration";
use Cwd qw(abs_path);
use File::Copy qw(copy move);
use IO::Socket::INET;
use IO::Socket::UNIX;
use Kabar;
use Test::More;
use Time::HiRes qw(time);
use Verify;

my ($EIO, $ENOSPC, $EDQUOT, $EFBIG, $EROFS) = (5, 28, 122, 27, 30);
my $kabar = Kabar->new;
my $faults = "$kabar->{dir}/faults";
my $control = "$kabar->{dir}/c.sock";
my %link = (window => 20, response_timeout => 2, enquire_link => 2);
my %conf = (gateway => {control => $control}, outbox => {retry => 1, retry_max => 2}, 'smsc uji' => \%link);
my @shims = ($ENV{KABAR_SANITIZED} ? split(' ', `gcc -print-file-name=libasan.so`) : (),
	abs_path("$Kabar::BUILD/tests/shims/faults.so"));
my ($number, @todo, %flying, @acked, %status, %sent, $peer) = (0);

$kabar->configure(%conf);
$kabar->import_context;
$kabar->import_crowd(100);
$kabar->{on_submit} = \&answer_well;

sub answer_well {
	$sent{$1}++ if $_[1]{short_message} =~ /(L\d{4}-\d+)/;
	return 0;
}

sub set_faults { $kabar->write_file("$faults.new", join '', map { "$_\n" } @_); rename "$faults.new", $faults }

sub begin {
	$kabar->start(wrap => ['env', 'LD_PRELOAD=' . join(':', @shims), "KABAR_FAULTS=$faults"]);
	$peer = undef;
	%flying = ();
}

# One turn of the load: what was answered is noted, what was not comes again, the window is filled.
sub turn_load {
	my ($more) = @_;
	my ($now) = grep { $_->{receives} } @{$kabar->{peers}};
	if (!$now || ($peer && $now != $peer)) {
		push @todo, sort values %flying;
		%flying = ();
	}
	$peer = $now or return;
	for (keys %flying) {
		my $answer = $peer->{answers}{$_};
		next if !defined $answer;
		my $text = delete $flying{$_};
		if ($answer == 0) { push @acked, $text } else { push @todo, $text }
	}
	while (keys %flying < 20 && (@todo || $more)) {
		my $text = @todo ? shift @todo : Kabar::birth(++$number);
		my ($crowd) = $text =~ /#(\d{4})#49/;
		$flying{$peer->deliver(sprintf('+62899000000%04d', $crowd % 100), $text)} = $text;
	}
}

sub load { my $until = time + $_[0]; $kabar->serve(sub { eval { turn_load(1) }; time >= $until || !$kabar->{pid} }, $_[0] + 1) }

sub quiet {
	my ($name) = @_;
	my $open = sub { $kabar->sql("SELECT count(*) FROM outbox WHERE state IN ('waiting', 'claimed')") };
	my $checked = 0;
	return $kabar->serve(sub {
		eval { turn_load(0) };
		return 0 if @todo || %flying || time - $checked < 0.3;
		$checked = time;
		return $open->() == 0;
	}, 60);
}

sub revive {
	my ($dead) = @_;
	if ($kabar->{alive} && IO::Select->new($kabar->{alive})->can_read($dead ? 10 : 0)) {
		$kabar->wait_exit;
		begin();
		return 1;
	}
	return 0;
}

sub kill9 { $kabar->kill9; @{$kabar->{peers}} = (); begin() }
sub reload { kill HUP => $kabar->{pid} }
sub ctl_later { my @args = @_; my $pid = fork() // die; if (!$pid) { $kabar->{dir} .= ''; open STDOUT, '>', '/dev/null';
	open STDERR, '>', '/dev/null'; exec "$Kabar::BUILD/kabarctl", '-c', "$kabar->{dir}/kabar.conf", @args or POSIX::_exit(1) } $pid }
sub sqlite_later { my $pid = fork() // die; if (!$pid) { open STDOUT, '>', '/dev/null'; exec 'sqlite3', $kabar->{db}, @_ or POSIX::_exit(1) } $pid }

# name, what it does (a sub, or lines for the shim), seconds, dies: it is to end by itself.
my @table = (
	['* syncs fail', ["sync_errno=$EIO"], 1, 'dies'], ['* syncs take 200 ms', ['sync_ms=200'], 1.5],
	['syncs take 1 s', ['sync_ms=1000'], 3], ['syncs fail with ENOSPC', ["sync_errno=$ENOSPC"], 1, 'dies'],
	['* writes fail with EIO', ["write_errno=$EIO"], 1, 'dies'], ['* writes fail with ENOSPC', ["write_errno=$ENOSPC"], 1],
	['* writes fail with EDQUOT', ["write_errno=$EDQUOT"], 1], ['writes fail with EFBIG', ["write_errno=$EFBIG"], 1],
	['writes fail with EROFS', ["write_errno=$EROFS"], 1, 'dies'], ['writes take 20 ms', ['write_ms=20'], 1.5],
	['reads fail', ["read_errno=$EIO"], 1, 'may die'],
	['* the clock is an hour ahead', ['wall=3600'], 1], ['the clock is a day ahead', ['wall=86400'], 1],
	['* the clock is ten years ahead for a moment', ['wall=315360000'], 1], ['the clock is an hour behind', ['wall=-3600'], 1],
	['the clock is ten years behind for a moment', ['wall=-315360000'], 1],
	['the clock jumps to and fro', sub { for (1 .. 6) { set_faults('wall=' . ($_ % 2 ? 7200 : -7200)); load(0.2) } }, 0],
	['* kill -9', \&kill9, 0], ['kill -9 three times', sub { for (1 .. 3) { kill9(); load(0.5) } }, 0],
	['kill -9 while it starts', sub { kill9(); kill9(); kill9() }, 0],
	['kill -9 while syncs are slow', sub { set_faults('sync_ms=300'); load(0.5); kill9() }, 0],
	['stopped and continued', sub { kill STOP => $kabar->{pid}; load(2); kill CONT => $kabar->{pid} }, 0],
	['* SIGTERM under load', sub { $kabar->stop; @{$kabar->{peers}} = (); begin() }, 0],
	['* the link is cut', sub { $peer->close if $peer; @{$kabar->{peers}} = () }, 0.5],
	['the link is cut again and again', sub { for (1 .. 5) { $_->close for @{$kabar->{peers}}; @{$kabar->{peers}} = (); load(0.5) } }, 0],
	['* no submit is answered', sub { $kabar->{on_submit} = sub { answer_well(@_); undef } }, 3],
	['every second submit is answered', sub { my $n = 0; $kabar->{on_submit} = sub { answer_well(@_); ++$n % 2 ? 0 : undef } }, 3],
	['submits are throttled', sub { $kabar->{on_submit} = sub { 0x58 } }, 1],
	['submits are refused for now', sub { $kabar->{on_submit} = sub { 0x08 } }, 1],
	['the queue of the centre is full', sub { $kabar->{on_submit} = sub { 0x14 } }, 1],
	['enquiries are not answered', sub { $kabar->{mute} = 1; load(5); $kabar->{mute} = 0 }, 0],
	['nothing is read for two seconds', sub { select undef, undef, undef, 2 }, 0],
	['octets that are no PDU, then the end', sub { $peer->{socket}->syswrite("\0\0\0\1xxxxxxxxxxxxxxxx") if $peer }, 1],
	['* twenty reloads', sub { for (1 .. 20) { reload(); load(0.05) } }, 0],
	['a reload that is refused', sub { $kabar->write_file("$kabar->{dir}/kabar.conf", "[gateway]\nnmae = x\n"); reload(); load(0.5);
		$kabar->configure(%conf) }, 0],
	['a reload that changes the link', sub { $kabar->configure(%conf, 'smsc uji' => {%link, window => 7}); reload(); load(1);
		$kabar->configure(%conf); reload() }, 0],
	['* another writer for a second', sub { sqlite_later(".timeout 5000", 'BEGIN IMMEDIATE', '.shell timeout 1 tail -f /dev/null', 'COMMIT') }, 1.5],
	['another writer for four seconds', sub { sqlite_later(".timeout 5000", 'BEGIN IMMEDIATE', '.shell timeout 4 tail -f /dev/null', 'COMMIT') }, 5],
	['a reader for three seconds', sub { sqlite_later('BEGIN', 'SELECT count(*) FROM inbound', '.shell timeout 3 tail -f /dev/null', 'COMMIT') }, 3],
	['a backup under load', sub { ctl_later('backup', "$kabar->{dir}/copy" . ++$number) }, 1.5],
	['an import under load', sub { ctl_later('import', 'areas', "$Kabar::TOP/conf/areas/wilayah.csv") }, 2],
	['a purge under load', \&purge, 1],
	['an export under load', sub { ctl_later('export', 'reports') }, 1],
	['forty idle control connections', sub { my @idle = map { IO::Socket::UNIX->new(Peer => $control) } 1 .. 40; load(1) }, 0],
	['the store is moved away', sub { move("$kabar->{db}$_", "$kabar->{dir}/away$_") for '', '-wal', '-shm'; load(1);
		revive_after_move() }, 0],
);

# What the wrong clock stamped ten years ago is emptied by its age, as it says; its reports stay and are counted.
sub purge {
	my %old = map { $_ => 1 } $kabar->sql("SELECT text FROM inbound WHERE received < unixepoch() - 90 * 86400");
	my $reports = $kabar->sql('SELECT count(*) FROM reports');
	@acked = grep { !$old{$_} } @acked;
	waitpid ctl_later('purge', '--raw-older-than', '90d'), 0;
	cmp_ok($kabar->sql('SELECT count(*) FROM reports'), '>=', $reports, 'a purge takes no report') or diag($?);
}

sub revive_after_move {
	$kabar->serve(sub { 0 }, 0.5) for 1 .. 4;
	$kabar->wait_exit if $kabar->{pid} && IO::Select->new($kabar->{alive})->can_read(10);
	unlink "$kabar->{db}$_" for '', '-wal', '-shm';
	move("$kabar->{dir}/away$_", "$kabar->{db}$_") for '', '-wal', '-shm';
	begin();
}

my (%verdict, @done);    # of each row, for the table at the end
sub verified {
	my ($name) = @_;
	my @bad = Verify::complaints($kabar->{db}, \@acked, \%sent);
	$verdict{$name}{kept} = !@bad;
	ok(!@bad, "$name: verified, " . @acked . ' acknowledged') or diag(join "\n", @bad[0 .. ($#bad < 5 ? $#bad : 5)]);
}

begin();
load(1);
for my $row (@table) {
	my ($name, $does, $seconds, $end) = @$row;
	next if $ENV{KABAR_FAULTS_ONLY} ? $name !~ /$ENV{KABAR_FAULTS_ONLY}/ : !$ENV{KABAR_FAULTS_ALL} && $name !~ /^\*/;
	push @done, $name;
	my $before = @acked;
	load(0.5);
	ref $does eq 'ARRAY' ? set_faults(@$does) : $does->();
	load($seconds) if $seconds;
	set_faults();
	$kabar->{on_submit} = \&answer_well;
	my $died = revive($end && $end eq 'dies');
	ok($died, "$name: it ends") if $end && $end eq 'dies';
	ok(!$died, "$name: it lives on") or diag($kabar->log) if !$end;
	my $since = time;
	my $answered = quiet($name);
	ok($answered, "$name: all is answered afterwards") or diag(substr $kabar->log, -3000);
	$verdict{$name} = {died => $died, answered => $answered, seconds => time - $since, acked => @acked - $before};
	verified($name);
}
is($kabar->stop, 0, 'exit status 0') or diag($kabar->log);
verified('after all');
cmp_ok(scalar @acked, '>', 100, scalar(@acked) . ' messages were acknowledged');

# The table, as in docs/faults.md.
note(sprintf '%-45s %-6s %8s %8s  %s', 'fault', 'ends', 'acked', 'all out', 'verdict');
for my $name (@done) {
	my $it = $verdict{$name};
	note(sprintf '%-45s %-6s %8d %6.1f s  %s', $name, $it->{died} ? 'yes' : 'no', $it->{acked}, $it->{seconds},
		$it->{kept} && $it->{answered} ? 'all kept' : 'LOST');
}
note(sprintf '%d faults, %d messages acknowledged, %d rows not well', scalar @done, scalar @acked,
	scalar grep { !($verdict{$_}{kept} && $verdict{$_}{answered}) } @done);

# Negative controls: damage of each kind is seen.
for my $damage (
	['a lost message', 'DELETE FROM parts; DELETE FROM inbound WHERE id = 5'],
	['a message twice', "INSERT INTO inbound (channel, link, source, destination, octets, esm_class, data_coding, received, text, state, intent)
		SELECT channel, link, source, destination, octets, esm_class, data_coding, received, text, state, intent FROM inbound WHERE id = 5"],
	['half a message', "UPDATE inbound SET intent = NULL WHERE id = 5"],
	['a report twice', "UPDATE reports SET inbound = 6 WHERE inbound = 5"],
	['a lost answer', "DELETE FROM outbox WHERE inbound = 5"],
	['an answer that sticks', "UPDATE outbox SET state = 'claimed' WHERE inbound = 5 AND kind = 'reply'"],
	['a wrong tally', "UPDATE tally_day SET count = count + 1 WHERE indicator = 'lahir' AND length(area) = 13"],
	['a lost tally', "DELETE FROM tally_day WHERE indicator = 'lahir'"],
) {
	my ($name, $sql) = @$damage;
	copy($kabar->{db}, "$kabar->{dir}/damaged");
	system('sqlite3', "$kabar->{dir}/damaged", "PRAGMA foreign_keys = OFF; $sql") == 0 or die "sqlite3: $sql";
	ok(scalar(Verify::complaints("$kabar->{dir}/damaged", \@acked, \%sent)), "$name is seen");
}
done_testing();
