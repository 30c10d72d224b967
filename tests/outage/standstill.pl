# A gateway stands still (SIGSTOP) for longer than a silent one is waited for: another one sends what it had claimed.
# Continued, it submits none of it any more, and ends. And the whole server stands still: nothing is acknowledged, the
# link stays, and everything arrives when it goes on. Mostly it waits. Run by tests/cluster.sh.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../integration";
use Kabar;
use Test::More;
use Time::HiRes qw(time);

exec "$Kabar::TOP/tests/cluster.sh", 'run', $^X, $0 if !$ENV{KABAR_TEST_POSTGRES};
my $count = 20;
my $still = Kabar->new;
my $other = Kabar->new(conninfo => $still->{conninfo});
$still->configure(gateway => {name => 'gw1'}, store => {workers => 2, key => "$still->{dir}/kabar.key"});
$other->configure(gateway => {name => 'gw2'}, store => {key => "$still->{dir}/kabar.key"});
$still->import_context;
$still->import_crowd(100);
my $tried = 0;
$still->{on_submit} = sub { $tried++; undef };    # the operator's answers never come
$_->start for $still, $other;
my $peer = $still->bound or BAIL_OUT($still->log);
ok($other->bound, 'both are bound') or BAIL_OUT($other->log);
my ($yesterday) = map { chomp; $_ } `date -d yesterday +%d/%m/%Y`;
my @seqs = map { $peer->deliver(sprintf('+62899000000%04d', $_),
	sprintf 'LAHIR#%s SARI#25#%s#L#%d#49#PKM#BIDAN#HIDUP', chr(65 + $_) . 'INA', $yesterday, 2500 + $_) } 0 .. $count - 1;
ok($still->serve(sub { !grep { !defined $peer->{answers}{$_} } @seqs }), 'all is acknowledged') or BAIL_OUT($still->log);
ok($still->serve(sub { $tried >= $count }), 'and submitted, without an answer') or diag("tried $tried");

kill STOP => $still->{pid};
$tried = 0;
my $begun = time;
ok($other->serve(sub { $other->submits >= $count }, 100), 'the other gateway sends it all') or diag($other->log);
cmp_ok(time - $begun, '>', 25, 'not before the first was silent for long');
is(scalar(grep { !/unsure|sent/ } $other->sql("SELECT state FROM outbox WHERE kind = 'reply'")), 0, 'marked as perhaps sent, then as sent');
kill CONT => $still->{pid};
isnt($still->wait_exit, 0, 'continued, the first one ends') or diag($still->log);
is($tried, 0, 'and has submitted nothing more');
like($still->log, qr/took its place/, 'and says why');
$still->start;
ok($still->bound, 'started anew it is back');

# The server, with all its processes.
my ($postmaster) = $ENV{KABAR_TEST_POSTGRES} =~ /host=(\S+)/;
open my $in, '<', "$postmaster/data/postmaster.pid" or die;
chomp(my $pid = <$in>);
my @all = ($pid, map { chomp; $_ } `ps -o pid= --ppid $pid`);
s/\s//g for @all;
kill STOP => @all;
($peer) = grep { $_->{receives} } @{$other->{peers}};
my $seq = $peer->deliver('+628990000000001', sprintf 'LAHIR#TATI SARI#25#%s#L#2900#49#PKM#BIDAN#HIDUP', $yesterday);
$other->serve(sub { defined $peer->{answers}{$seq} }, 5);
isnt($peer->{answers}{$seq} // 'none', 0, 'nothing is acknowledged while the server stands still');
kill CONT => reverse @all;
my $sent = 0;
ok($other->serve(sub {
	$seq = $peer->deliver('+628990000000001', sprintf 'LAHIR#TATI SARI#25#%s#L#2900#49#PKM#BIDAN#HIDUP', $yesterday)
		if defined $peer->{answers}{$seq} && $peer->{answers}{$seq} != 0 && ++$sent < 1000;
	defined $peer->{answers}{$seq} && $peer->{answers}{$seq} == 0;
}, 60), 'and it is when it goes on') or diag($other->log);
is($other->sql('SELECT count(*) FROM inbound'), $count + 1, 'each message is kept once');
is($other->stop, 0, 'SIGTERM: exit status 0') or diag($other->log);
done_testing();
