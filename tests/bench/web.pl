#!/usr/bin/perl
# make bench: how long pages take at the server, alone and while 20 people click; how large they are.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../web";
use IO::Select;
use Time::HiRes qw(time);
use Web;

my $rounds = $ENV{BENCH_ROUNDS} || 100;
my $sample = "$Kabar::TOP/conf/sample";
my $web = Web->new(
	people => {puskesmas => "$sample/puskesmas.csv", posyandu => "$sample/posyandu.csv", people => "$sample/people.csv"},
	before => sub {
		my $kabar = $_[0]{kabar};
		$kabar->ctl('import', 'peta', "$Kabar::TOP/conf/peta/35.03.geojson");
		$kabar->ctl('sample', 'fill', '--months', $ENV{BENCH_MONTHS} || 3);
	});
my @pages = ('/', '/pws', '/pws?wilayah=35.03.01.2004', '/kematian', '/kelengkapan', '/kelengkapan?wilayah=35.03.01', '/laporan', '/kotak-masuk',
	'/pendaftaran', '/triwulan', '/sambungan');
printf "%d reports\n", $web->{kabar}->sql('SELECT count(*) FROM reports');

sub measure {
	my ($page, $count, $browser) = @_;
	my (@ms, $size);
	for (1 .. $count) {
		my $start = time;
		my $response = $browser->get($page);
		push @ms, 1000 * (time - $start);
		die "$page: $response->{status}" if $response->{status} != 200;
		$size = length $response->{content};
	}
	@ms = sort { $a <=> $b } @ms;
	return ($ms[$#ms / 2], $ms[int($#ms * 0.99)], $size);
}

my $me = $web->browser('dinkes');
printf "%-32s %8s %8s %9s\n", 'alone', 'p50 ms', 'p99 ms', 'octets';
printf "%-32s %8.1f %8.1f %9d\n", $_, measure($_, $rounds, $me) for @pages;
my @browsers = map { $web->browser('dinkes') } 1 .. 20;
my @clicking;
for my $browser (@browsers) {
	my $pid = fork() // die;
	if (!$pid) {
		$web->{pid} = $web->{kabar}{pid} = undef;
		measure($pages[rand @pages], 20, $browser);
		POSIX::_exit(0);
	}
	push @clicking, $pid;
}
my ($p50, $p99) = measure('/pws', 20, $me);
printf "%-32s %8.1f %8.1f\n", '/pws while 20 click', $p50, $p99;
waitpid $_, 0 for @clicking;
$web->finish;
