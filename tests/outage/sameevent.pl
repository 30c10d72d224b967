# One birth is told by two phones, at two gateways and at the same moment, also by several workers of one: it is one
# birth. Both are answered. A third of the births is told by phones of the puskesmas, whose desa nobody can foresee: it is
# locked when the event is compared. Meanwhile a count is damaged and kabarctl verify --mend sets it right.
# The control: where locks of phones and places lock nothing, births are counted twice.
# Runs on PostgreSQL: tests/cluster.sh makes one. KABAR_MESSAGES: births.
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
# Two desa, so that the workers of one gateway share them out.
my @desa = qw(35.03.01.2004 35.03.01.2011);
my @names = qw(WONOCOYO NGLEBENG);
my @gateways;

sub query { $gateways[0]->sql($_[0]) }

# Two on a database of their own. more: for how they connect.
sub begin_anew {
	my $more = shift;
	@gateways = (Kabar->new);
	my $conninfo = $gateways[0]{conninfo};
	push @gateways, Kabar->new(conninfo => $conninfo);
	$gateways[$_]->configure(gateway => {name => "gw$_"}, limits => {batch => 16},
		store => {conninfo => $conninfo . $more, key => "$gateways[0]{dir}/kabar.key", workers => 1 + 2 * $_}) for 0, 1;
	system('psql', '-qX', '-d', $conninfo, '-c', join '; ', 'CREATE SCHEMA blind',
		"CREATE FUNCTION blind.pg_advisory_xact_lock(bigint) RETURNS void LANGUAGE sql AS ''",
		"CREATE FUNCTION blind.pg_try_advisory_xact_lock(bigint) RETURNS boolean LANGUAGE sql AS 'SELECT true'") == 0 or die "psql: $?";
	$gateways[0]->import_context;
	my $people = "phone,name,role,area,posyandu,language\n";
	$people .= sprintf "+62899000000%04d,KADER %d,kader,%s,%s.001,id\n", $_, $_, ($desa[$_ % 2]) x 2 for 0 .. $phones - 1;
	$people .= sprintf "+62899000001%04d,PETUGAS %d,puskesmas,35.03.01,,id\n", $_, $_ for 0 .. $phones - 1;
	$gateways[0]->write_file("$gateways[0]{dir}/crowd.csv", $people);
	$gateways[0]->ctl('import', 'people', "$gateways[0]{dir}/crowd.csv");
	$_->start for @gateways;
}

sub damage_and_mend {
	# One row: who changes several in an order of his own may wait in a circle with the gateways.
	query("WITH one AS (UPDATE tally_day SET count = count + 7 WHERE indicator = 'lahir' AND area = '$desa[0]' AND day ="
		. " (SELECT min(day) FROM tally_day WHERE indicator = 'lahir' AND area = '$desa[0]') RETURNING 1) SELECT count(*) FROM one");
	return $gateways[0]->ctl('verify', '--mend');
}

# Of a birth both tellings at once; each has another phone of the same desa, or both are the puskesmas'.
sub tell_all {
	my ($count, $half) = @_;
	my @peers = map { $_->bound or BAIL_OUT($_->log) } @gateways;
	my @todo = map { my $n = $_; [$n, 0, $n % $phones], [$n, 1, ($n + 30) % $phones] } 0 .. $count - 1;
	my @out = ({}, {});
	my ($done, $until) = (0, time + 90);
	while ($done < 2 * $count && time < $until) {
		while (@todo && keys(%{$out[$todo[0][1]]}) < 25) {
			my ($birth, $at, $phone) = @{shift @todo};
			my $far = $birth % 3 == 0;
			$out[$at]{$peers[$at]->deliver(sprintf('+6289900000%d%04d', $far, $phone),
				Kabar::birth($birth) . ($far ? "#DESA $names[$birth % 2]" : ''))} = [$birth, $at, $phone];
		}
		$_->serve(sub { 0 }, 0.01) for @gateways;
		if ($half && $done > $count) { $half->(); $half = undef }
		for my $at (0, 1) {
			for (keys %{$out[$at]}) {
				my $status = $peers[$at]{answers}{$_} // next;
				my $message = delete $out[$at]{$_};
				$status == 0 ? $done++ : push @todo, $message;
			}
		}
	}
	return $done;
}

begin_anew('');
my $mended = '';
is(tell_all($births, sub { $mended = damage_and_mend() }), 2 * $births, 'all tellings are acknowledged') or diag(map { $_->log } @gateways);
sub answers { scalar map { $_->submits } @gateways }
my $until = time + $Kabar::PATIENCE;
while (answers() < 2 * $births && time < $until) { $_->serve(sub { 0 }, 0.05) for @gateways }
cmp_ok(answers(), '>=', 2 * $births, 'and answered');
like($mended, qr/^[1-9]\d* set right/, 'what was damaged meanwhile was set right meanwhile');
is(query('SELECT count(*) FROM inbound'), 2 * $births, 'both are kept');
is(query("SELECT count(*) FROM reports WHERE status IN ('accepted', 'verified')"), $births, 'each birth is one report');
is(query('SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()'), 0, 'nobody waited in a circle')
	or diag(qx(grep -A 8 'deadlock detected' $directory/log));
is($_->stop, 0, 'SIGTERM: exit status 0') || diag($_->log) for @gateways;
like($gateways[0]->ctl('verify'), qr/./, 'kabarctl verify finds nothing wrong');
is(query("SELECT sum(count) FROM tally_day WHERE indicator = 'lahir'"), $births, 'and counts once');

begin_anew(" options='-c search_path=public,blind,pg_catalog'");
tell_all($births);
cmp_ok(query("SELECT count(*) FROM reports WHERE status IN ('accepted', 'verified')"), '>', $births, 'without the locks births are told twice');
$_->kill9 for @gateways;
done_testing();
