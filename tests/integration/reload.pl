# SIGHUP with other [smsc] sections: one stays, one changes, one goes, one comes. All of it or, with an error, nothing.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Kabar;
use Raw;
use Test::More;

my %port = map { $_ => Raw::listener() } qw(tetap ubah pergi baru);
my $from = '+6281200000003';
my $kabar = Kabar->new(now => '2024-08-15 03:00:00');

sub section {
	my ($name, %more) = @_;
	return ("smsc $name" => {host => '127.0.0.1', port => $port{$name}{port}, system_id => 'kabar', password => 'rahasia',
		address => 2255, response_timeout => 5, %more});
}

sub configure { $kabar->configure('smsc uji' => {port => $port{tetap}{port}, response_timeout => 5}, @_) }

sub says {
	my ($smsc, $octets, $name) = @_;
	my $answer = $smsc->response($smsc->deliver($from, $octets));
	is($answer ? $answer->{status} : 'no answer', 0, $name);
}

configure(section('ubah'), section('pergi'));
$kabar->import_context;
$kabar->start;
my %smsc = map { $_ => Raw->accept_bound($port{$_}) || BAIL_OUT("$_ is not bound: " . $kabar->log) } qw(tetap ubah pergi);
says($smsc{$_}, "LAHIR ? $_", "$_ works") for sort keys %smsc;

# With an error in it, nothing of the file counts.
configure(section('ubah', window => 7), section('baru'), limits => {batch => 'many'});
kill HUP => $kabar->{pid};
ok($smsc{tetap}->until(sub { $kabar->log =~ /reload refused/ }), 'a bad file is refused');
is(Raw->accept($port{baru}, 0.3), undef, 'its new section is not connected');
says($smsc{$_}, "LAHIR ? $_ masih", "$_ still works") for sort keys %smsc;

# A reply that the leaving link has in its window is answered there; one that waits goes over another.
my @held;
$smsc{pergi}{on_submit} = sub { push @held, $_[1] };
$smsc{pergi}->deliver($from, "LAHIR ? tunggu $_") for 1 .. 12;
ok($smsc{pergi}->until(sub { @held >= 10 }), 'the window of the link that goes is full');
configure(section('ubah', window => 7), section('baru'));
kill HUP => $kabar->{pid};
my $unbind = $smsc{pergi}->read;
$unbind = $smsc{pergi}->read while $unbind && $unbind->{command} != 6;
ok($unbind, 'a link that is gone says unbind');
$smsc{pergi}->accept_submit($_, "x$_->{seq}") for @held;
$smsc{pergi}->write(0x80000006, 0, $unbind->{seq});
ok($smsc{pergi}->hung_up, 'and closes');
ok($smsc{ubah}->part, 'so does one that changed');
$smsc{$_} = Raw->accept_bound($port{$_}) or fail("$_ is not bound: " . $kabar->log) for qw(ubah baru);
says($smsc{$_}, "LAHIR ? $_ lagi", "$_ works after the reload") for qw(ubah baru tetap);
ok(!$smsc{tetap}{ended} && !$smsc{tetap}{unbound}, 'the link that stayed was not disturbed');
my $left = "SELECT count(*) FROM outbox WHERE link = 'pergi' AND state IN ('claimed', 'waiting', 'unsure')";
my $until = time + $Kabar::PATIENCE;
while (time < $until && ($kabar->sql($left) || map({ @{$smsc{$_}{submits}} } qw(tetap ubah baru)) < 7)) {
	$_->read(seconds => 0.1) for @smsc{qw(tetap ubah baru)};
}
is($kabar->sql($left), 0, 'no reply of the link that is gone was lost');
cmp_ok(scalar(map { @{$smsc{$_}{submits}} } qw(tetap ubah baru)), '>=', 7, 'those that waited went over the others');
is(Raw->accept($port{pergi}, 0.3), undef, 'the link that is gone does not come back');
kill TERM => $kabar->{pid};
ok($_->part, 'each says unbind at the end') for @smsc{qw(tetap ubah baru)};
is($kabar->wait_exit(10), 0, 'SIGTERM: exit status 0') or diag($kabar->log);
is($kabar->sql("SELECT group_concat(DISTINCT actor || '/' || subject) FROM audit WHERE action = 'configuration reloaded'"), 'signal/uji',
	'who reloaded is in the audit trail, refused ones are not');
unlike($kabar->log, qr/Sanitizer|runtime error/, 'no complaint of a sanitizer');
done_testing();
