# A form that a reload takes away: its reports stay, and who speaks of one of them is answered.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use File::Copy qw(copy);
use Kabar;
use Test::More;

my $kabar = Kabar->new(now => '2024-08-15 03:00:00');
mkdir "$kabar->{dir}/forms";
system("cp -r $Kabar::TOP/conf/forms/. $Kabar::TOP/tests/tools/kb.ini $kabar->{dir}/forms/") == 0 or die;
$kabar->configure(gateway => {forms => "$kabar->{dir}/forms"});
$kabar->import_context;
$kabar->start;
my $peer = $kabar->bound or BAIL_OUT('kabard does not bind: ' . $kabar->log);

sub says {
	my ($text, $pattern) = @_;
	my $before = () = $kabar->submits;
	is($peer->answer($peer->deliver('+6281200000003', $text)), 0, "$text: acknowledged");
	ok($kabar->serve(sub { $kabar->submits > $before }), "$text: answered") or diag($kabar->log);
	my $answer = ($kabar->submits)[$before] || {};
	like($answer->{text} // '', $pattern, $answer->{text} // 'no answer');
	return $answer->{text} // '';
}

my ($ref) = says('KB#SITI#SUNTIK#2', qr/B\w*\d{4}-\d{4}/) =~ /(\w+\d{4}-\d{4})/;
unlink "$kabar->{dir}/forms/kb.ini";
kill HUP => $kabar->{pid};
ok($kabar->comes(sub { $kabar->log =~ /configuration reloaded/ }), 'the form is gone');
says("BATAL $ref", qr/^Formulir laporan $ref sudah tidak dipakai/);
says("KOREKSI $ref ANAK=3", qr/^Formulir laporan $ref sudah tidak dipakai/);
says("CEK $ref", qr/$ref/);
says('BATAL', qr/./);
is($kabar->sql("SELECT count(*) FROM inbound WHERE state = 'quarantined'"), 0, 'nothing was set aside');
is($kabar->sql("SELECT status FROM reports WHERE ref = '$ref'"), 'accepted', 'the report stays');
is($kabar->stop, 0, 'exit status 0') or diag($kabar->log);
done_testing();
