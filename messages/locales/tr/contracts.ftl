# What `weft explore s1e6` says: what the order contract of an exercise is worth.

help-explore-scenario = Bir alıştırma için: üç senaryosundan hangisi (verilmezse 1)
help-explore-classes = Bir alıştırma için: en çok bu kadar sınıf incelenir; bunlar her makinede aynıdır

contract-played = Şununla oynatıldı: { $params }.
contract-played-plain = Olduğu gibi oynatıldı.
contract-word-broken = Bozulabilir
contract-word-holds = Geçerli
contract-word-can-fail = Tutmayabilir
contract-word-never-fails = Hep tutar
contract-word-open = Belirsiz
contract-word-unfinished = Bitmiyor
contract-word-lacks = Modeli yok
contract-rule = { $rule }
contract-open-time = { $rule }   Gerçek zamandan söz ediyor; modelin zamanı sanaldır.
contract-open-outputs = { $rule }   Tek tek bakılamayacak kadar çok çıktı var.
contract-open-no-time = { $rule }   Buna bakmaya zaman kalmadı.
contract-open-no-memory = { $rule }   Buna bakmaya bellek kalmadı.
contract-open-interrupted = { $rule }   Buna bakılmadan kesildi.
contract-open-end = Alıştırmanın her zaman sonuna varıp varmadığı bilinmiyor: buna bakılamadı.
contract-unfinished = Alıştırma her zaman sonuna varmıyor.
contract-lacks = { $what }. Hiçbir şey kanıtlanmadı.
contract-no-schedule = Bu sürede ona götüren bir çizelge yeniden bulunamadı.

error-contract-not-played = { $id } modelde oynatılamaz: { $lacks } kullanıyor.
error-contract-not-played-cause = Soketlerin, başka programların, web isteklerinin ve yeşil iş parçacıklarının modeli yoktur.
error-contract-not-played-next = `weft run { $id }` onu gerçekten çalıştırır.
error-contract-scenario = { $value } numaralı senaryo yok: bir alıştırmanın üç senaryosu vardır.
error-contract-scenario-next = `--scenario 1`, 2 ya da 3 verin.
error-contract-only-files = { $option } programlar içindir, alıştırmalar için değil.
error-contract-only-exercises = { $option } alıştırmalar içindir, programlar için değil.
