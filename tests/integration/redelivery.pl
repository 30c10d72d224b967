# A deliver_sm that comes again has one effect and gets ESME_ROK again; a person who repeats himself is answered.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Kabar;
use Test::More;

my $from = '+6281200000003';
my $text = 'LAHIR#SITI AMINAH#25#12/8/24#L#3200#49#PKM#BIDAN#HIDUP';
my $kabar = Kabar->new(now => '2024-08-15 03:00:00');
$kabar->configure;
$kabar->import_context;
# Until the crash the operator answers nothing of ours: nothing proves that it saw an acknowledgement.
my $unanswered = 0;
$kabar->{on_submit} = sub { $unanswered++; undef };
$kabar->start;
my $peer = $kabar->bound or BAIL_OUT('kabard does not bind: ' . $kabar->log);

# The first answer is never seen by the operator: the connection dies, the same octets come in a new session.
is($peer->answer($peer->deliver($from, $text)), 0, 'the report is acknowledged');
ok($kabar->serve(sub { $unanswered >= 1 }), 'and answered');
delete $kabar->{on_submit};
kill9_and_restart($kabar);
$peer = $kabar->bound;
is($peer->answer($peer->deliver($from, $text)), 0, 'redelivered after a crash: acknowledged again');
is($kabar->sql('SELECT count(*) FROM reports'), 1, 'one report');
is($kabar->sql('SELECT count(*) FROM inbound'), 1, 'one message');

# Within one session: the answer was seen (later PDUs of ours were answered), so this is a person.
is($peer->answer($peer->deliver($from, 'LAHIR ?')), 0, 'a question is acknowledged');
ok($kabar->serve(sub { $kabar->submits >= 2 }), 'and answered');
my $before = () = $kabar->submits;
is($peer->answer($peer->deliver($from, 'LAHIR ?')), 0, 'asked again by the person');
ok($kabar->serve(sub { $kabar->submits > $before }), 'it is answered again');
is($kabar->stop, 0, 'SIGTERM: exit status 0') or diag($kabar->log);
is(scalar(grep { $_->{text} =~ /L2408-0001/ } $kabar->submits), 1, 'one acknowledgement of the report was sent')
	or diag(join "\n", map { $_->{text} } $kabar->submits);
done_testing();

sub kill9_and_restart {
	my $me = shift;
	$me->kill9;
	$me->start;
}
