#!/usr/bin/perl
# make bench: how long pages take at the server, alone and while 20 people click; how large they are; what 20 people who
# look at a page every two seconds cost the worker. BENCH_MONTHS: how many months are filled; BENCH_REPORTS: how many
# reports there shall be at least (rows are copied until there are); BENCH_ROUNDS: times a page is asked for;
# BENCH_DIR: where the store stays.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../web";
use Time::HiRes qw(time);
use Web;

my $rounds = $ENV{BENCH_ROUNDS} || 100;
my $load = 10000;    # messages of a run of the worker
my $people = 20;
my $sample = "$Kabar::TOP/conf/sample";
my @pages = ('/', '/pws', '/pws?wilayah=35.03.01.2004', '/kematian', '/kelengkapan', '/kelengkapan?wilayah=35.03.01', '/laporan', '/kotak-masuk',
	'/pendaftaran', '/triwulan', '/sambungan');

my ($web, $smsc_port, $smsc_pid);

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

sub rate {
	my ($dir, $first) = @_;
	$web->{kabar}->stop;    # so that it need not find out that its operator came back
	operator_starts($dir, '--load', $load, '--window', 100, '--senders', 1000, '--first', $first);
	$web->{kabar}->start;
	waitpid $smsc_pid, 0;
	open my $in, '<', "$dir/load.out" or die;
	my ($rate) = join('', <$in>) =~ /accepted_per_s=(\d+)/ or die 'the load was not answered: ' . $web->{kabar}->read_file("$dir/load.out") . $web->{kabar}->log . $web->log;
	return $rate;
}

# Copies of what is there under other numbers, as told in the years before, until there are enough.
sub grow {
	my ($kabar, $least) = @_;
	my $same = 'kabupaten, version, form, status, area, posyandu, sender, fields, problems, notes, match_name, inbound, original, training, actor';
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
		$kabar->ctl('sample', 'fill', '--months', $ENV{BENCH_MONTHS} || 3);
		grow($kabar, $ENV{BENCH_REPORTS} || 0);
		$kabar->import_crowd(1000);
		operator_starts($kabar->{dir}, '--load', 1, '--senders', 1);
		$kabar->configure(gateway => {control => "$kabar->{dir}/c.sock"}, 'smsc uji' => {port => $smsc_port},
			web => {listen => '127.0.0.1:0', assets => "$Kabar::TOP/web/assets"});
		$kabar->start;
		waitpid $smsc_pid, 0;
	});
my $dir = $web->{kabar}{dir};
setpriority 0, $web->{pid}, 5;    # as its unit file has it
printf "%d reports\n", $web->{kabar}->sql('SELECT count(*) FROM reports');

sub measure {
	my ($page, $count, $browser, $pause) = @_;
	my (@ms, $size);
	for (1 .. $count) {
		my $start = time;
		my $response = $browser->get($page);
		push @ms, 1000 * (time - $start);
		die "$page: $response->{status}" if $response->{status} != 200 && !($pause && $response->{status} == 503);    # kabard starts again
		$size = length $response->{content};
		select undef, undef, undef, $pause if $pause;    # who looks at a page reads it
	}
	@ms = sort { $a <=> $b } @ms;
	return ($ms[$#ms / 2], $ms[int($#ms * 0.99)], $size);
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
printf "%-32s %8s %8s %9s\n", 'alone', 'p50 ms', 'p99 ms', 'octets';
printf "%-32s %8.1f %8.1f %9d\n", $_, measure($_, $rounds, $me) for @pages;
my @browsers = map { $web->browser('dinkes') } 1 .. $people;
my @pids = clicking(\@browsers, 0);
my ($p50, $p99) = measure('/pws', 20, $me);
end(@pids);
printf "%-32s %8.1f %8.1f\n", "/pws while $people click at once", $p50, $p99;
my (@alone, @beside);
my $first = 10;
for (1 .. 3) {
	push @alone, rate($dir, $first);
	@pids = clicking(\@browsers, 2);
	push @beside, rate($dir, $first + $load);
	end(@pids);
	$first += 2 * $load;
}
my ($alone, $beside) = map { (sort { $a <=> $b } @$_)[1] } \@alone, \@beside;
printf "worker: %d reports/s alone, %d while %d people look at a page every two seconds: %.1f %% less\n", $alone, $beside,
	$people, 100 * (1 - $beside / $alone);
$web->finish;
