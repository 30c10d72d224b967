# A message whose flow fails is kept raw, answered and set aside; its neighbours are stored. A message that
# kills the process is set aside unread at the third death. The failures come from outside: a trigger in the
# store, and a preloaded library that kills the process when it sees a word.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../integration";
use Kabar;
use Test::More;

my $from = '+6281200000003';

sub report {
	my ($name, $weight) = @_;
	my ($day) = map { chomp; $_ } `date -d yesterday +%d/%m/%Y`;
	return "LAHIR#$name#25#$day#L#$weight#49#PKM#BIDAN#HIDUP";
}

# In one batch: neighbour, poison, neighbour.
sub deliver_three {
	my ($peer, $word) = @_;
	my @texts = (report('MELATI SARI', 3000), report("$word WATI", 3300), report('KENANGA DEWI', 2700));
	return map { $peer->deliver($from, $_) } @texts;
}

# 1. A flow that fails.
my $kabar = Kabar->new;
$kabar->configure;
$kabar->import_context;
system('sqlite3', $kabar->{db}, q{CREATE TRIGGER poison BEFORE INSERT ON reports WHEN NEW.fields LIKE '%RACUN%'
	BEGIN SELECT RAISE(ABORT, 'poison'); END}) == 0 or die 'sqlite3';
$kabar->start;
my $peer = $kabar->bound or BAIL_OUT('kabard does not bind: ' . $kabar->log);
my @seq = deliver_three($peer, 'RACUN');
is($peer->answer($_), 0, 'acknowledged') for @seq;
ok($kabar->serve(sub { $kabar->submits >= 3 }), 'all three are answered');
is($kabar->stop, 0, 'SIGTERM: exit status 0') or diag($kabar->log);
is($kabar->sql("SELECT count(*) FROM reports WHERE status = 'accepted'"), 2, 'its neighbours are stored');
is($kabar->sql("SELECT count(*) FROM inbound WHERE state = 'quarantined'"), 1, 'the poison is set aside');

# 2. A message that kills.
$kabar = Kabar->new(assassin => 1);
$kabar->configure;
$kabar->import_context;
$ENV{LD_PRELOAD} = join ':', ($ENV{KABAR_SANITIZED} ? split(' ', `gcc -print-file-name=libasan.so`) : ()),
	Cwd::abs_path("$Kabar::BUILD/tests/shims/assassin.so");
my %answered;
my $deaths = 0;
for (1 .. 5) {
	$kabar->start;
	$peer = $kabar->bound or last;
	@seq = deliver_three($peer, 'PEMBUNUH');
	last if $kabar->serve(sub { 3 == grep { defined $peer->{answers}{$_} } @seq });
	defined $kabar->{pid} and $kabar->wait_exit;
	$deaths++;
}
delete $ENV{LD_PRELOAD};
is($deaths, 3, 'it dies three times, not a fourth time') or diag($kabar->log);
is($peer->{answers}{$_}, 0, 'then acknowledged') for @seq;
is($kabar->stop, 0, 'SIGTERM: exit status 0') or diag($kabar->log);
is($kabar->sql("SELECT count(*) FROM reports WHERE status = 'accepted'"), 2, 'its neighbours are stored once');
is($kabar->sql("SELECT count(*) FROM inbound WHERE state = 'quarantined'"), 1, 'the killer is set aside');
done_testing();
