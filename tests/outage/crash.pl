# kill -9 in the middle of many messages: whatever was acknowledged is stored once after the restart, and the rest,
# which the operator delivers again, as well. KABAR_MESSAGES, KABAR_KILLS and KABAR_WINDOW make
# it longer and harder.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../integration";
use Kabar;
use Test::More;

my $total = $ENV{KABAR_MESSAGES} || 300;
my $kills = $ENV{KABAR_KILLS} || 3;
my $window = $ENV{KABAR_WINDOW} || 50;

my $kabar = Kabar->new;
$kabar->configure;
$kabar->import_context;
$kabar->import_crowd(100);

my @texts = map { Kabar::birth($_) } 0 .. $total - 1;
my @status;                       # by message: of its last answer
my @todo = (0 .. $total - 1);     # not yet acknowledged
my $slowest = 0;

# Sends what is left until `target` messages are acknowledged in all, then returns.
sub run_until {
	my ($target) = @_;
	my $peer = $kabar->bound or return 0;
	my %sent;    # sequence number => message
	my $done = sub {
		for (keys %sent) {
			my $answer = $peer->{answers}{$_};
			next if !defined $answer;
			my $message = delete $sent{$_};
			$status[$message] = $answer;
			push @todo, $message if $answer != 0;
		}
		while (@todo && keys %sent < $window) {
			my $message = shift @todo;
			$sent{$peer->deliver(sprintf('+62899000000%04d', $message % 100), $texts[$message])} = $message;
		}
		return grep({ defined && $_ == 0 } @status) >= $target;
	};
	my $reached = $kabar->serve($done, 60);
	unshift @todo, sort { $a <=> $b } values %sent;
	return $reached;
}

$kabar->start;
for my $kill (1 .. $kills) {
	ok(run_until(int($total * $kill / ($kills + 1))), "load before kill $kill") or BAIL_OUT($kabar->log);
	$kabar->kill9;
	my $start = time;
	$kabar->start;
	ok($kabar->bound, "bound again after kill $kill") or BAIL_OUT($kabar->log);
	$slowest = time - $start if time - $start > $slowest;
}
cmp_ok($slowest, '<=', 5, 'every restart took at most 5 seconds');
ok(run_until($total), 'every message is acknowledged in the end') or diag($kabar->log);
is($kabar->stop, 0, 'SIGTERM: exit status 0') or diag($kabar->log);

is($kabar->sql('PRAGMA integrity_check'), 'ok', 'the store is sound') if !$kabar->{conninfo};
is($kabar->sql('SELECT count(*) FROM inbound'), $total, 'each message is kept once');
is($kabar->sql("SELECT count(*) FROM reports WHERE status IN ('accepted', 'verified')"), $total, 'each is one report');
is($kabar->sql('SELECT count(*) - count(DISTINCT ref) FROM reports'), 0, 'no reference twice');
is($kabar->sql("SELECT count FROM tally_month WHERE area = '35.03' AND indicator = 'lahir' LIMIT 1") +
	0, $total, 'the tally counts each once') if $kabar->sql("SELECT count(DISTINCT month) FROM tally_month") == 1;
my %replies;
$replies{$_}++ for map { $_->{text} =~ /(L\d{4}-\d+)/ } $kabar->submits;
is(scalar keys %replies, $total, 'every report was answered with its reference');
my $twice = grep { $_ > 1 } values %replies;
cmp_ok($twice, '<=', $kills * 100, "replies sent twice: $twice, at most a window per crash");
done_testing();
