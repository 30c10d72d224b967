# People from a list: what the file would change is shown before anything is, and only what the account may is done.
use strict;
use warnings;
use utf8;
use Encode qw(encode);
use FindBin;
use JSON::PP;
use lib $FindBin::Bin;
use Test::More;
use Web;

my $web = Web->new;
my $kabar = $web->{kabar};
my $page = '/pendaftaran/daftar';

sub send_list {
	my ($browser, $octets, %field) = @_;
	my $mark = 'batas0123456789';
	my %text = (csrf => $browser->token, %field);
	my $body = join '', map { qq(--$mark\r\nContent-Disposition: form-data; name="$_"\r\n\r\n$text{$_}\r\n) } sort keys %text;
	$body .= qq(--$mark\r\nContent-Disposition: form-data; name="berkas"; filename="petugas.csv"\r\n)
		. qq(Content-Type: text/csv\r\n\r\n$octets\r\n--$mark--\r\n);
	return $browser->ask('POST', $page, $body, 'Content-Type' => "multipart/form-data; boundary=$mark");
}

# The form of the preview, sent as a browser would.
sub confirm {
	my ($browser, $shown) = @_;
	my ($list) = $shown =~ m{<textarea name="daftar" hidden>\n(.*?)</textarea>}s;
	$list =~ s/&quot;/"/g;
	$list =~ s/&#39;/'/g;
	$list =~ s/&amp;/&/g;
	$list =~ s/\n/\r\n/g;
	return send_list($browser, $list, simpan => 'ya');
}

sub people { return $kabar->sql('SELECT count(*) FROM people') }
sub on_file { return $kabar->ctl('people', 'list') }

my $dinkes = $web->browser('dinkes');
my $head = "nomor;nama;peran;wilayah;posyandu;bahasa\r\n";
my $before = people();

subtest 'a list from Excel: shown first, then stored' => sub {
	my $list = "\x{feff}${head}0811 2000 001;Tri \"Wati\" & Ani;Kader;35.03.01.2004;;\r\n'08112000002;Bidan Rina;bidan;35.03.01.2004;;jv\r\n"
		. "0812 0000 0003;Nurul Baru;bidan;35.03.01.2004;;\r\n";
	my $shown = send_list($dinkes, encode('UTF-8', $list));
	is($shown->{status}, 200, 'shown');
	like($shown->{content}, qr/2 orang baru, 1 diubah, 0 tetap/, 'what it would do');
	like($shown->{content}, qr/Tri &quot;wati&quot; &amp; Ani/i, 'names are escaped');
	is(people(), $before, 'nothing is stored yet');
	my $done = confirm($dinkes, $shown->{content});
	is("$done->{status} $done->{headers}{location}", '303 /pendaftaran', 'stored');
	is(people(), $before + 2, 'two more people');
	like($dinkes->page('/pendaftaran'), qr/3 orang sudah tersimpan/, 'said');
	like(on_file(), qr/Tri "Wati" & Ani/, 'as written');
	like($kabar->sql(q{SELECT group_concat(actor || ' ' || action) FROM audit WHERE action = 'person list'}), qr/^(web:dinkes person list,?){3}$/,
		'each change has its audit row');
	is(($web->sms('+628112000001', 'BANTUAN'))[0] =~ /belum terdaftar/i ? 'stranger' : 'known', 'known', 'the new kader is known at once');
	my $again = send_list($dinkes, encode('UTF-16', $list =~ s/^\x{feff}//r));
	like($again->{content}, qr/0 orang baru, 0 diubah, 3 tetap/, 'the same list in UTF-16 changes nothing');
};

subtest 'errors by line and column, in the language of the reader' => sub {
	my $list = "${head}0812x;Ani;kader;35.03.01.2004;;\n08112000009;Ani;juragan;99.99;;\n08112000009;;kader;35.03.01.2004;tidakada;\n";
	my $shown = send_list($dinkes, $list)->{content};
	like($shown, qr/petugas.csv:2:1: &quot;0812x&quot; bukan nomor telepon/, 'a number');
	like($shown, qr/petugas.csv:3:\d+: tidak ada peran &quot;juragan&quot;/, 'a role');
	like($shown, qr/petugas.csv:3:\d+: tidak ada wilayah &quot;99.99&quot;/, 'an area');
	like($shown, qr/petugas.csv:4:\d+: nama kosong/, 'a name');
	like($shown, qr/petugas.csv:4:\d+: tidak ada posyandu/, 'a posyandu');
	unlike($shown, qr/name="simpan"/, 'cannot be stored');
	$dinkes->{cookies}{bahasa} = 'en';
	like(send_list($dinkes, $list)->{content}, qr/there is no role &quot;juragan&quot;/, 'English');
	delete $dinkes->{cookies}{bahasa};
	like(send_list($dinkes, "a,b\n1,2\n")->{content}, qr/kolom &quot;nomor&quot; tidak ada/, 'a column that is missing');
	like(send_list($dinkes, "\xff\xd8\xff\xe0 a picture")->{content}, qr/baris 1: bukan teks UTF-8/, 'no text at all');
};

subtest 'only in the own area, whatever is sent' => sub {
	my $bidan = $web->browser('bidan');
	my $now = people();
	my $list = "${head}08112000021;Kader Sini;kader;35.03.01.2004;;\n08112000022;Kader Pule;kader;35.03.03.2001;;\n"
		. "08112000023;Bos;dinkes;35.03;;\n";
	my $shown = send_list($bidan, $list)->{content};
	is(() = $shown =~ /bukan wilayah Anda/g, 2, 'two rows are not hers');
	unlike($shown, qr/name="simpan"/, 'and nothing can be stored');
	like(send_list($bidan, $list, simpan => 'ya')->{content}, qr/bukan wilayah Anda/, 'not by a forged confirmation either');
	is(people(), $now, 'nothing was');
	is($web->browser('desa')->get($page)->{status}, 404, 'no page for who supervises nobody');
	my $mine = send_list($bidan, "${head}08112000021;Kader Sini;kader;35.03.01.2004;;\n")->{content};
	is(confirm($bidan, $mine)->{status}, 303, 'her own kader');
	is(people(), $now + 1, 'is on file');
};

subtest 'one person moves to another desa, to a posyandu of it, within what the account may' => sub {
	my ($phone, $orang) = ('+6281200000001', '/pendaftaran/orang');
	my $where = sub {
		my ($person) = grep { $_->{phone} eq $phone } @{decode_json($kabar->ctl('people', 'list', '--json'))};
		return join ' ', $person->{areas}, $person->{posyandu} // '-';
	};
	my $move = sub { my $browser = shift; $browser->post($orang, {nomor => $phone, buat => 'pindah', @_})->{status} };
	my $home = $where->();
	is($move->($dinkes, desa => '35.03.01.2001', posyandu => ''), 303, 'to a desa');
	is($where->(), '35.03.01.2001 -', 'without a posyandu there');
	is($move->($dinkes, desa => '35.03.01.2004', posyandu => '35.03.01.2004.002'), 303, 'to a posyandu');
	is($where->(), '35.03.01.2004 35.03.01.2004.002', 'and its desa');
	is($move->($dinkes, desa => '99.99', posyandu => ''), 422, 'a desa that there is not');
	is($move->($web->browser('bidan'), desa => '35.03.01.2001', posyandu => ''), 422, 'not out of the own area');
	is($where->(), '35.03.01.2004 35.03.01.2004.002', 'nothing changed');
	is($kabar->sql("SELECT group_concat(new_value) FROM audit WHERE action = 'person move'"), '35.03.01.2001,35.03.01.2004.002',
		'each move has its audit row');
	my ($desa, $posyandu) = split / /, $home;
	$move->($dinkes, desa => $desa, posyandu => $posyandu);
	is($where->(), $home, 'and back');
};

subtest 'many rows, and bodies that are no form' => sub {
	my $now = people();
	my $list = $head . join '', map { sprintf "0811300%04d;Kader Nomor %d;kader;35.03.01.2004;;\n", $_, $_ } 1 .. 1000;
	my $shown = send_list($dinkes, $list)->{content};
	like($shown, qr/1000 orang baru/, '1,000 rows');
	is(confirm($dinkes, $shown)->{headers}{location}, '/pendaftaran', 'stored');
	is(people(), $now + 1000, 'all of them');
	my $token = $dinkes->token;
	for my $body ("--x\r\n", "--x--\r\n", "--x\r\n\r\n--x--", "--x\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"a\"\r\n\r\n",
		"x" x 100, "--x\r\nContent-Disposition: form-data\r\n\r\n\r\n--x--") {
		my $status = $dinkes->ask('POST', "$page?csrf=$token", $body, 'Content-Type' => 'multipart/form-data; boundary=x')->{status};
		is($status, 303, 'asked to choose a file');
	}
	is($dinkes->ask('POST', $page, '--x--', 'Content-Type' => 'multipart/form-data; boundary=x')->{status}, 403, 'without the token');
};

is($web->finish, 0, 'both programs end in good order');
done_testing;
