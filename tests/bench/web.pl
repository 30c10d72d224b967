#!/usr/bin/perl
# make bench: how long pages take at the server, alone and while 20 people click; how large they are; what 20 people who
# look at a page every two seconds cost the worker. BENCH_MONTHS: how many months are filled; BENCH_REPORTS: how many
# reports there shall be at least (rows are copied until there are); BENCH_ROUNDS: times a page is asked for;
# BENCH_DIR: where the store stays; BENCH_SLICES: how often the worker is looked at, alone and beside.
#
# The worker is at one load all the time, spread over the posyandu of the district, and people click in every other slice of
# it (alone, beside, beside, alone): a store that grows, or a machine that does other things, is the same to both. Two loads one
# behind the other are not: the second one always finds more to compare with.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../web";
use IO::Socket::UNIX;
use Time::HiRes qw(time);
use Web;

my $rounds = $ENV{BENCH_ROUNDS} || 100;
my $people = 20;
my $slices = $ENV{BENCH_SLICES} || 6;    # of each kind
my $slice = 5;    # seconds
my $sample = "$Kabar::TOP/conf/sample";
my @pages = ('/', '/pws', '/pws?wilayah=35.03.01.2004', '/kematian', '/kelengkapan', '/kelengkapan?wilayah=35.03.01', '/laporan', '/kotak-masuk',
	'/pendaftaran', '/triwulan', '/sambungan');

my ($web, $smsc_port, $smsc_pid);
$SIG{TERM} = $SIG{INT} = sub { exit 1 };    # what it started ends with it

# The operator with a load of its own; the messages it saw acknowledged a second, once all are.
sub operator_starts {
	my ($dir, @load) = @_;
	system("mkfifo $dir/smsc.port") == 0 or die 'mkfifo' if !-p "$dir/smsc.port";
	$smsc_pid = fork() // die;
	if (!$smsc_pid) {
		open STDOUT, ">", "$dir/load.out" or die;
		open STDERR, ">&", \*STDOUT;
		exec "$Kabar::BUILD/kabar-smsc", '--port', $smsc_port || 0, '--port-file', "$dir/smsc.port", @load or POSIX::_exit(127);
	}
	open my $in, '<', "$dir/smsc.port" or die;
	chomp($smsc_port = <$in>);
}

# Kader everywhere in the district, as many as the load has senders.
sub import_crowd {
	my ($kabar, $count) = @_;
	open my $in, '<', "$sample/posyandu.csv" or die;
	my (undef, @posyandu) = map { chomp; [split /,/] } <$in>;
	my $text = "phone,name,role,area,posyandu,language\n";
	for (0 .. $count - 1) {
		my $at = $posyandu[7 * $_ % @posyandu];
		$text .= sprintf "+62899000000%04d,KADER %d,kader,%s,%s,id\n", $_, $_, $at->[2], $at->[0];
	}
	$kabar->write_file("$kabar->{dir}/crowd.csv", $text);
	$kabar->ctl('import', 'people', "$kabar->{dir}/crowd.csv");
}

# Messages that kabard has handled since its start.
sub handled {
	my $socket = IO::Socket::UNIX->new(Peer => "$web->{kabar}{dir}/c.sock") or die "control socket: $!";
	print $socket "status\n";
	local $/;
	return <$socket> =~ /"messages_handled":\s*(\d+)/ ? $1 : die 'no status';
}

# Ticks that a process has worked.
sub worked {
	my ($user, $system) = (split ' ', $web->{kabar}->read_file("/proc/$_[0]/stat") =~ s/.*\) //r)[11, 12];
	return $user + $system;
}

# What one slice did: messages, seconds, ticks of kabard and of kabar-web, the largest journal so far.
sub look {
	my ($sum, @pids) = @_;
	kill CONT => @pids if @pids;
	my ($start, $before, $kabard, $pages) = (time, handled(), worked($web->{kabar}{pid}), worked($web->{pid}));
	select undef, undef, undef, $slice;
	$sum->{messages} += handled() - $before;
	$sum->{seconds} += time - $start;
	$sum->{kabard} += worked($web->{kabar}{pid}) - $kabard;
	$sum->{pages} += worked($web->{pid}) - $pages;
	kill STOP => @pids if @pids;
	my $journal = (-s "$web->{kabar}{db}-wal" || 0) / 1e6;
	$sum->{journal} = $journal if $journal > ($sum->{journal} || 0);
}

# Copies of what is there under other numbers, as told in the years before, until there are enough.
sub grow {
	my ($kabar, $least) = @_;
	my $same = 'kabupaten, version, form, status, area, posyandu, sender, fields, problems, notes, match_name, inbound, original, training, actor';
	return if $kabar->sql('SELECT count(*) FROM reports') >= $least;
	while ((my $count = $kabar->sql('SELECT count(*) FROM reports')) < $least) {
		my $step = $kabar->sql('SELECT max(id) FROM reports');
		my $days = $kabar->sql('SELECT julianday(max(date)) - julianday(min(date)) + 1 FROM reports');
		write_sql($kabar, "INSERT INTO reports (id, ref, date, received, revised, $same) SELECT id + $step, ref || '-' || (id + $step),"
			. " date(date, '-$days days'), received - $days * 86400, revised - $days * 86400, $same FROM reports LIMIT " . ($least - $count));
	}
	write_sql($kabar, 'ANALYZE');
}

sub write_sql {
	my ($kabar, $sql) = @_;
	system('sqlite3', $kabar->{db}, $sql) == 0 or die "sqlite3: $?";
}

$web = Web->new(alone => 1, $ENV{BENCH_DIR} ? (kabar => {dir => $ENV{BENCH_DIR}}) : (),
	people => {puskesmas => "$sample/puskesmas.csv", posyandu => "$sample/posyandu.csv", people => "$sample/people.csv"},
	before => sub {
		my $kabar = $_[0]{kabar};
		$kabar->ctl('import', 'peta', "$Kabar::TOP/conf/peta/35.03.geojson");
		$kabar->ctl('sample', 'fill', '--months', $ENV{BENCH_MONTHS} || 3) if !$kabar->sql('SELECT count(*) FROM reports');
		grow($kabar, $ENV{BENCH_REPORTS} || 0);
		import_crowd($kabar, 1000);
		operator_starts($kabar->{dir}, '--load', 1, '--senders', 1);
		$kabar->configure(gateway => {control => "$kabar->{dir}/c.sock"}, 'smsc uji' => {port => $smsc_port},
			web => {listen => '127.0.0.1:0', assets => "$Kabar::TOP/web/assets"});
		$kabar->start;
		waitpid $smsc_pid, 0;
	});
my $dir = $web->{kabar}{dir};
setpriority 0, $web->{pid}, 5 + getpriority(0, 0);    # as its unit file has it
printf "%d reports\n", $web->{kabar}->sql('SELECT count(*) FROM reports');

sub measure {
	my ($page, $count, $browser, $pause) = @_;
	my (@ms, $size);
	my $before = $web->{pid} ? worked($web->{pid}) : 0;
	for (1 .. $count) {
		my $start = time;
		my $response = $browser->get($page);
		push @ms, 1000 * (time - $start);
		die "$page: $response->{status}" if $response->{status} != 200 && !($pause && $response->{status} == 503);    # kabard starts again
		$size = length $response->{content};
		select undef, undef, undef, $pause if $pause;    # who looks at a page reads it
	}
	@ms = sort { $a <=> $b } @ms;
	return ($ms[$#ms / 2], $ms[int($#ms * 0.99)], $web->{pid} ? 10 * (worked($web->{pid}) - $before) / $count : 0, $size);
}

# People who click until they are told to end: each its own process.
sub clicking {
	my ($browsers, $pause) = @_;
	my @pids;
	for my $browser (@$browsers) {
		my $pid = fork() // die;
		if (!$pid) {
			$web->{pid} = $web->{kabar}{pid} = undef;
			srand $$;
			setpriority 0, 0, 10 + getpriority(0, 0);    # their browsers are other machines
			select undef, undef, undef, rand $pause if $pause;
			measure($pages[rand @pages], 1, $browser, $pause) while 1;
		}
		push @pids, $pid;
	}
	return @pids;
}

sub end {
	kill TERM => @_;
	waitpid $_, 0 for @_;
}

my $me = $web->browser('dinkes');
printf "%-32s %8s %8s %8s %9s\n", 'alone', 'p50 ms', 'p99 ms', 'cpu ms', 'octets';
printf "%-32s %8.1f %8.1f %8.1f %9d\n", $_, measure($_, $rounds, $me) for @pages;
my @browsers = map { $web->browser('dinkes') } 1 .. $people;
my @pids = clicking(\@browsers, 0);
my ($p50, $p99) = measure('/pws', 20, $me);
end(@pids);
printf "%-32s %8.1f %8.1f\n", "/pws while $people click at once", $p50, $p99;

# Always other reports: their numbers begin where those of the last time cannot have come to.
my $first = time % 8000 * 1000;
$web->{kabar}->stop;    # so that it need not find out that its operator came back
operator_starts($dir, '--load', 1000000, '--window', 100, '--senders', 1000, '--first', $first);
$web->{kabar}->start;
@pids = clicking(\@browsers, 2);
kill STOP => @pids;
select undef, undef, undef, 2 * $slice;    # until it knows what it needs
my (%alone, %beside);
for (1 .. $slices) {
	my @order = ([\%alone], [\%beside, @pids]);
	look(@$_) for $_ % 2 ? @order : reverse @order;
}
kill CONT => @pids;
end(@pids, $smsc_pid);
for (['alone', \%alone], ["$people people beside", \%beside]) {
	my ($name, $sum) = @$_;
	printf "worker, %-16s %6d reports/s, %4d us each, pages %.1f %% of a core, journal %d MB at most\n", "$name:",
		$sum->{messages} / $sum->{seconds}, 1e4 * $sum->{kabard} / $sum->{messages}, $sum->{pages} / $sum->{seconds}, $sum->{journal};
}
printf "worker: %.1f %% fewer reports/s while %d people look at a page every two seconds\n",
	100 * (1 - $beside{messages} / $beside{seconds} * $alone{seconds} / $alone{messages}), $people;
$web->finish;
