# One birth is told by two phones, at two gateways and at the same moment, also by several workers of one: it is one
# birth. Both are answered. Meanwhile a count is damaged and kabarctl verify --mend sets it right. Runs on PostgreSQL: tests/cluster.sh makes one. KABAR_MESSAGES: births.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../integration";
use Kabar;
use Test::More;
use Time::HiRes qw(time);

exec "$Kabar::TOP/tests/cluster.sh", 'run', $^X, $0 if !$ENV{KABAR_TEST_POSTGRES};
my $births = $ENV{KABAR_MESSAGES} || 300;
my $phones = 60;
my ($directory) = $ENV{KABAR_TEST_POSTGRES} =~ /host=(\S+)/;
my @gateways = (Kabar->new);
push @gateways, Kabar->new(conninfo => $gateways[0]{conninfo});
$gateways[$_]->configure(gateway => {name => "gw$_"}, limits => {batch => 16},
	store => {key => "$gateways[0]{dir}/kabar.key", workers => 1 + 2 * $_}) for 0, 1;
$gateways[0]->import_context;
# Two desa, so that the workers of one gateway share them out.
my @desa = qw(35.03.01.2004 35.03.01.2011);
my $people = "phone,name,role,area,posyandu,language\n";
$people .= sprintf "+62899000000%04d,KADER %d,kader,%s,%s.001,id\n", $_, $_, ($desa[$_ % 2]) x 2 for 0 .. $phones - 1;
$gateways[0]->write_file("$gateways[0]{dir}/crowd.csv", $people);
$gateways[0]->ctl('import', 'people', "$gateways[0]{dir}/crowd.csv");
$_->start for @gateways;
my @peers = map { $_->bound or BAIL_OUT($_->log) } @gateways;

my @letters = ('A' .. 'Z');
my ($yesterday) = map { chomp; $_ } `date -d yesterday +%d/%m/%Y`;
sub name { my $n = shift; join '', map { my $l = $letters[$n % 26]; $n = int($n / 26); $l } 1 .. 6 }
sub text { sprintf 'LAHIR#%s %s#25#%s#L#%d#49#PKM#BIDAN#HIDUP', name($_[0] * 7919 + 12345), name($_[0] * 104729 + 999), $yesterday, 2500 + $_[0] % 1500 }

my $sql = sub { $gateways[0]->sql($_[0]) };
sub damage_and_mend {
	# One row: who changes several in an order of his own may wait in a circle with the gateways.
	$sql->("WITH one AS (UPDATE tally_day SET count = count + 7 WHERE indicator = 'lahir' AND area = '$desa[0]' AND day ="
		. " (SELECT min(day) FROM tally_day WHERE indicator = 'lahir' AND area = '$desa[0]') RETURNING 1) SELECT count(*) FROM one");
	return $gateways[0]->ctl('verify', '--mend');
}

# Of a birth both tellings at once; each has another phone of the same desa.
my @todo = map { my $n = $_; [$n, 0, $n % $phones], [$n, 1, ($n + 30) % $phones] } 0 .. $births - 1;
my @out = ({}, {});
my ($done, $until) = (0, time + 90);
my $mended;
while ($done < 2 * $births && time < $until) {
	while (@todo && keys(%{$out[$todo[0][1]]}) < 25) {
		my ($birth, $at, $phone) = @{shift @todo};
		$out[$at]{$peers[$at]->deliver(sprintf('+62899000000%04d', $phone), text($birth))} = [$birth, $at, $phone];
	}
	$_->serve(sub { 0 }, 0.01) for @gateways;
	$mended //= damage_and_mend() if $done > $births;
	for my $at (0, 1) {
		for (keys %{$out[$at]}) {
			my $status = $peers[$at]{answers}{$_} // next;
			my $message = delete $out[$at]{$_};
			$status == 0 ? $done++ : push @todo, $message;
		}
	}
}
is($done, 2 * $births, 'all tellings are acknowledged') or diag(map { $_->log } @gateways);
sub answers { scalar map { $_->submits } @gateways }
$until = time + 30;
while (answers() < 2 * $births && time < $until) { $_->serve(sub { 0 }, 0.05) for @gateways }
cmp_ok(answers(), '>=', 2 * $births, 'and answered');
like($mended, qr/^[1-9]\d* set right/, 'what was damaged meanwhile was set right meanwhile');
is($sql->('SELECT count(*) FROM inbound'), 2 * $births, 'both are kept');
is($sql->("SELECT sum(count) FROM tally_day WHERE indicator = 'lahir'"), $births, 'each birth counts once');
is($sql->("SELECT count(*) FROM reports WHERE status IN ('accepted', 'verified')"), $births, 'and is one report');
is($sql->('SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()'), 0, 'nobody waited in a circle')
	or diag(qx(grep -A 8 'deadlock detected' $directory/log));
is($_->stop, 0, 'SIGTERM: exit status 0') || diag($_->log) for @gateways;
like($gateways[0]->ctl('verify'), qr/./, 'kabarctl verify finds nothing wrong');
done_testing();
