# One phone writes to two gateways that share a store, in turns: it gets what one gateway would give it. Its answers of
# the day are counted across both, and so is a text that it repeats; a phone that one of them has muted is muted at the
# other. Runs on PostgreSQL: tests/cluster.sh makes one.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../integration";
use Kabar;
use Test::More;

exec "$Kabar::TOP/tests/cluster.sh", 'run', $^X, $0 if !$ENV{KABAR_TEST_POSTGRES};
my $most = 12;
my @gateways = (Kabar->new);
push @gateways, Kabar->new(conninfo => $gateways[0]{conninfo});
$gateways[$_]->configure(gateway => {name => "gw$_"}, limits => {replies_per_sender_per_day => $most, repeat_times => 6},
	store => {key => "$gateways[0]{dir}/kabar.key"}) for 0, 1;
$gateways[0]->import_context;
$gateways[0]->import_crowd(10);
$_->start for @gateways;
my @peers = map { $_->bound or BAIL_OUT($_->log) } @gateways;


# One after the other: what the first gateway has done is there when the second is asked.
sub sms {
	my ($at, $phone, $text) = @_;
	my $peer = $peers[$at];
	my $number = $peer->deliver($phone, $text);
	$gateways[$at]->serve(sub { defined $peer->{answers}{$number} }) or BAIL_OUT($gateways[$at]->log);
	return $peer->{answers}{$number};
}
sub answers {
	my $phone = shift;
	return $gateways[0]->sql("SELECT count(*) FROM outbox WHERE kind = 'reply' AND recipient = '$phone'");
}
sub known { $gateways[0]->sql('SELECT count(*) FROM redeliveries') }
# What was answered is proven to have arrived, so the next of its kind is no redelivery of it; what is not answered never is.
sub sms_proven {
	my ($at, $phone) = @_;
	my ($known, $before) = (known(), answers($phone));
	sms(@_);
	answers($phone) == $before
		or $gateways[$at]->comes(sub { known() <= $known })
		or BAIL_OUT('an answer is not proven: ' . $gateways[$at]->log);
}

my $phone = '+628990000000001';
sms($_ % 2, $phone, Kabar::birth($_)) for 0 .. 2 * $most - 1;
is($gateways[0]->sql("SELECT count(*) FROM reports WHERE sender = '$phone'"), 2 * $most, 'all that it tells is stored');
is(answers($phone), $most, 'it gets the answers of one day, not of two, and all of those');

$phone = '+628990000000002';
sms_proven($_ % 2, $phone, 'LAHIR ?') for 0 .. 15;
my $alone = '+628990000000003';
sms_proven(0, $alone, 'LAHIR ?') for 0 .. 15;
cmp_ok(answers($alone), '>', 0, 'a text is answered');
cmp_ok(answers($phone), '<=', answers($alone) + 1, 'repeated at two gateways it is answered once more at most');

is($_->stop, 0, 'SIGTERM: exit status 0') || diag($_->log) for @gateways;
done_testing();
