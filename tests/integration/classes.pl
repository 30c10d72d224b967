# A month's reminders and thousands of answers wait at one of two links: an alarm, and an answer over the other link, go
# out at once; nothing starves, and no phone gets two messages of a class in another order. KABAR_REMINDERS and
# KABAR_ANSWERS make it longer.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Kabar;
use List::Util qw(max);
use POSIX ();
use Test::More;
use Time::HiRes qw(time);

my $reminders = $ENV{KABAR_REMINDERS} || 300;
my $answers = $ENV{KABAR_ANSWERS} || 200;
my $alarms = $ENV{KABAR_ALARMS} || 8;
my $rate = 50;
my $kabar = Kabar->new;
my $second = Net::SMPP->new_listen('127.0.0.1', port => 0, smpp_version => 0x34) or die "listen: $!";
$kabar->configure('smsc uji' => {rate => $rate, window => 10},
	'smsc lain' => {host => '127.0.0.1', port => $second->sockport, system_id => 'kabar', password => 'rahasia',
		address => 3366, rate => 0, window => 10});
$kabar->import_context;

# Many wait already, as after an outage; the text says when each was put, its number in its class.
my $now = time;
my $sql = 'PRAGMA busy_timeout = 5000; BEGIN; ';
my $put = sub {
	my ($kind, $class, $link, $count) = @_;
	$link = $link ? "'$link'" : 'NULL';
	$sql .= "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $count) INSERT INTO outbox (kind, class,
		link, recipient, text, state, created, due) SELECT '$kind', $class, $link, '+6289900' || printf('%06d', i % 997),
		'$kind ' || i, 'waiting', cast($now AS INTEGER), cast($now AS INTEGER) FROM n; ";
};
$put->('reminder', 4, 'uji', $reminders);
$put->('reply', 2, 'uji', $answers);
system('sqlite3', $kabar->{db}, "$sql COMMIT") == 0 or die 'sqlite3';

my (%order, @wrong, %count, %came);
$kabar->{on_submit} = sub {
	my ($peer, $pdu) = @_;
	my $text = $pdu->{short_message};
	if ($text =~ /^(reminder|reply) (\d+)$/) {
		my $key = "$1 $pdu->{destination_addr}";
		push @wrong, $key if ($order{$key} // 0) > $2;
		$order{$key} = $2;
		$count{$1}++;
		$came{$1} = time;
	} elsif ($text =~ /(M\d{4}-\d+)/ && $text !~ /^Turut|duka/i) {
		$came{$1} //= time;
	}
	return 0;
};
$kabar->start;
my $peer = $kabar->bound or BAIL_OUT('kabard does not bind: ' . $kabar->log);
my $other;
{
	local $kabar->{listen} = $second;
	$kabar->serve(sub { ($other) = grep { $_->{receives} && $_ != $peer } @{$kabar->{peers}}; $other });
}
ok($other, 'both links are bound') or BAIL_OUT($kabar->log);
ok($kabar->serve(sub { ($count{reply} // 0) > 50 }), 'the answers flow');
my (@alarm, @answer);
for my $n (1 .. $alarms) {
	my $start = time;
	my $phone = sprintf '+6281200%06d', $n;
	is($peer->answer($peer->deliver('+6281200000001',
		sprintf 'MATI#IBU#SITI %s#%s#%d TH#PERDARAHAN#RUMAH', 'A' x $n, POSIX::strftime('%d/%m/%y', localtime), 20 + $n)),
		0, "a mother's death, $n");
	my ($ref) = grep { defined } map { /^(M\d{4}-\d+)/ } $kabar->sql('SELECT ref FROM reports ORDER BY id DESC LIMIT 1');
	ok($ref && $kabar->serve(sub { $came{$ref} }), 'its alarm goes out') or diag($kabar->log);
	push @alarm, $came{$ref} - $start if $ref && $came{$ref};
	$start = time;
	my $before = grep { $_->{from} == 3366 } $kabar->submits;
	$other->answer($other->deliver('+6281200000003', "CEK SAYA $n"));
	$kabar->serve(sub { grep({ $_->{from} == 3366 } $kabar->submits) > $before });
	push @answer, time - $start;
	$kabar->serve(sub { 0 }, 0.3) if $reminders >= 5000;
}
cmp_ok(max(@alarm), '<=', 2, sprintf 'alarms within %.2f s', max @alarm);
cmp_ok(max(@answer), '<=', 1, sprintf 'answers over the other link within %.2f s', max @answer);
my $turns = ($count{reply} // 0) + ($count{reminder} // 0);
cmp_ok($count{reminder} // 0, '>', 0, "reminders do not starve: $count{reminder} of $turns so far");
my $fair = $turns / 5;    # 8 to 2 while answers wait
cmp_ok($count{reminder}, '>=', $fair / 2, 'they get at least half of their share');
# Twenty thousand at 50/s would take too long to wait for.
ok($kabar->comes(sub { ($count{reminder} // 0) >= $reminders && ($count{reply} // 0) >= $answers },
	60 + ($reminders + $answers) / $rate * 2), 'all go out in the end') or diag($kabar->log) if $reminders < 5000;
is(scalar @wrong, 0, 'none out of order for its phone') or diag("@wrong[0 .. 5]");
is($kabar->stop, 0, 'exit status 0') or diag($kabar->log);
done_testing();
