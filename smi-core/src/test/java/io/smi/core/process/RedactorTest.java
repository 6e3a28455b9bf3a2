package io.smi.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments are parted by {@code |} here. */
class RedactorTest {
    @ParameterizedTest
    @CsvSource({
        "app|--password|hunter2|-v, app --password *** -v",
        "app|--password=hunter2|-v, app --password=*** -v",
        "app|--password|two words, app --password ***",
        "app|--password=two words|-v, app --password=*** -v",
        "app|--password=a&b;c|-v, app --password=*** -v",
        "app|-password|hunter2, app -password ***",
        "app|-password=hunter2, app -password=***",
        "app|--db-password|hunter2, app --db-password ***",
        "app|--password:hunter2, app --password:***",
        "xfreerdp|/u:bob|/password:hunter2, xfreerdp /u:bob /password:***",
        "app|--password|-hunter2, app --password ***",
        "app|--token=x, app --token=***",
        "app|--token|x, app --token ***",
        "app|--api-key|x, app --api-key ***",
        "app|--secret|x, app --secret ***",
        "app|--auth|x, app --auth ***",
        "app|--credentials|x, app --credentials ***",
        "app|--passphrase|x, app --passphrase ***",
        "app|--password|--hunter2|-v, app --password *** -v",
        "mysql|--password|--host=h, mysql --password --host=h",
        "mongod|--auth|--port|27017, mongod --auth --port 27017",
        "ffmpeg|-pass|1|out, ffmpeg -pass 1 out",
        "skopeo|copy|--src-creds|bob:hunter2|a, skopeo copy --src-creds *** a",
        "skopeo|copy|--src-creds=bob:hunter2|a, skopeo copy --src-creds=*** a",
        "skopeo|copy|--dest-creds|bob:hunter2|a, skopeo copy --dest-creds *** a",
        "skopeo|inspect|--creds|bob:hunter2|a, skopeo inspect --creds *** a",
        "aws|configure|set|aws_secret_access_key|wJal, aws configure set aws_secret_access_key ***",
        "aws|secretsmanager|get-secret-value|x, aws secretsmanager get-secret-value x",
        "nmcli|dev|wifi|connect|X|password|x, nmcli dev wifi connect X password ***",
        "nmcli|c|modify|X|wifi-sec.key-mgmt|wpa-psk|wifi-sec.psk|x,"
                + " nmcli c modify X wifi-sec.key-mgmt wpa-psk wifi-sec.psk ***",
        "mount.cifs|-o|user=bob%hunter2|//h/s, mount.cifs -o user=bob%*** //h/s",
        "'mount|-o|username=bob%hunter2,uid=1|//h/s', 'mount -o username=bob%***,uid=1 //h/s'",
        "curl|h?user=bob%40h, curl h?user=bob%40h",
        "java|-Ddb.password=x|-jar|a.jar, java -Ddb.password=*** -jar a.jar",
        "java|-Dpassword=x|Main, java -Dpassword=*** Main",
        "keytool|-storepass|x|-keypass|y, keytool -storepass *** -keypass ***",
        "openssl|enc|-pass|pass:x y, openssl enc -pass ***",
        "kubectl|create|secret|generic|s|--from-literal=password=a b,"
                + " kubectl create secret generic s --from-literal=password=***",
        "helm|--set|db.password=x, helm --set db.password=***"
    })
    void theValueOfASecretOptionGoes(String arguments, String expected) {
        assertThat(redact(arguments)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "env|PASSWORD=x|app, env PASSWORD=*** app",
        "env|PASSWORD=two words|app, env PASSWORD=*** app",
        "env|AWS_SECRET_ACCESS_KEY=a/b+c=|app, env AWS_SECRET_ACCESS_KEY=*** app",
        "docker|run|-e|DB_PASSWORD=x|img, docker run -e DB_PASSWORD=*** img",
        "docker|run|--env=TOKEN=x|img, docker run --env=TOKEN=*** img",
        "docker|run|-e|PASSWORD|img, docker run -e PASSWORD img",
        "app|Server=h;Uid=sa;Pwd=x;Port=1, app Server=h;Uid=sa;Pwd=***;Port=1",
        "psql|host=h password=x user=u, psql host=h password=*** user=u",
        "psql|host=h password='x y' user=u, psql host=h password='***' user=u",
        "ansible|--extra-vars|a=1 ansible_become_pass=x b=2, ansible --extra-vars a=1 ansible_become_pass=*** b=2",
        "psql|a=b password = x user=u, psql a=b password = ***",
        "'mount|-o|username=bob,password=x,uid=1', 'mount -o username=bob,password=***'",
        "redis-server|--requirepass|x|--masterauth|y, redis-server --requirepass *** --masterauth ***",
        "app|PASSWORD=, app PASSWORD="
    })
    void theValueOfASecretVariableGoes(String arguments, String expected) {
        assertThat(redact(arguments)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "git|clone|https://bob:hunter2@host/x.git, git clone https://bob:***@host/x.git",
        "git|clone|https://bob:p@ss@host/x.git, git clone https://bob:***@host/x.git",
        "app|https://bob:pa/ss@host/x, app https://bob:***@host/x",
        "app|https://bob:12345@host:80/x, app https://bob:***@host:80/x",
        "app|redis://:hunter2@host:6379/0, app redis://:***@host:6379/0",
        "app|https://ghp0123456789abcdef0123@github.com/x, app https://***@github.com/x",
        "app|--url=postgres://u:p@h/d?sslmode=on, app --url=postgres://u:***@h/d?sslmode=on",
        "app|amqp://a:b@h1 amqp://c:d@h2, app amqp://a:***@h1 amqp://c:***@h2",
        "app|DATABASE_URL=postgres://u:p@h/d, app DATABASE_URL=postgres://u:***@h/d",
        "curl|https://h/x?token=abc&page=2, curl https://h/x?token=***&page=2",
        "curl|https://h/x?page=2&X-Amz-Signature=abc&y=1, curl https://h/x?page=2&X-Amz-Signature=***&y=1",
        "curl|-x|bob:hunter2@proxy:3128|https://h, curl -x bob:***@proxy:3128 https://h",
        "ssh|git@github.com, ssh git@github.com",
        "app|ssh://git@github.com/x, app ssh://git@github.com/x",
        "app|http://localhost:8080/a@b, app http://localhost:8080/a@b",
        "app|http://[::1]:8080/a@b, app http://[::1]:8080/a@b",
        "docker|run|nginx:1.25@sha256:0123, docker run nginx:1.25@sha256:0123",
        "npm|install|@scope/x@1.2, npm install @scope/x@1.2"
    })
    void addressesLoseTheirPasswords(String arguments, String expected) {
        assertThat(redact(arguments)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "curl|-H|Authorization: Bearer abc|h, curl -H Authorization: *** h",
        "curl|-H|X-Api-Key: abc|h, curl -H X-Api-Key: *** h",
        "curl|-H|PRIVATE-TOKEN:abc|h, curl -H PRIVATE-TOKEN:*** h",
        "curl|--header=Authorization: Basic abc|h, curl --header=Authorization: *** h",
        "curl|-HAuthorization: Basic abc|h, curl -HAuthorization: *** h",
        "curl|-H|Cookie: a=b; c=d|h, curl -H Cookie: *** h",
        "curl|-H|Authorization:|Bearer|abc|h, curl -H Authorization: Bearer *** h",
        "curl|-H|Accept: text/html|h, curl -H Accept: text/html h",
        "curl|-u|bob:hunter2|h, curl -u bob:*** h",
        "curl|-ubob:hunter2|h, curl -ubob:*** h",
        "curl|--user|bob:two words|h, curl --user bob:*** h",
        "curl|--user=bob:hunter2|h, curl --user=bob:*** h",
        "curl|--proxy-user|bob:hunter2|h, curl --proxy-user bob:*** h",
        "smbclient|-U|bob%hunter2|//h/s, smbclient -U bob%*** //h/s",
        "curl|-su|bob:hunter2|https://h, curl -su bob:*** https://h",
        "curl|-sSu|bob:hunter2|https://h, curl -sSu bob:*** https://h",
        "curl|-sSubob:hunter2|https://h, curl -sSubob:*** https://h",
        "curl|-ou|a:b|h, curl -ou a:b h",
        "smbclient|-Ubob%hunter2|//h/s, smbclient -Ubob%*** //h/s",
        "rsync|-u|bob@host:/a/b|/c, rsync -u bob@host:/a/b /c",
        "docker|run|-u|www-data:www-data|img, docker run -u www-data:www-data img",
        "docker|run|--user=www-data:www-data|img, docker run --user=www-data:www-data img",
        "docker|run|-u|1000:1000|img, docker run -u 1000:1000 img",
        "sudo|-u|bob|app, sudo -u bob app",
        "systemctl|--user|start|x, systemctl --user start x",
        "nuclei|-u|https://h/x, nuclei -u https://h/x"
    })
    void headersAndUsersLoseTheirSecrets(String arguments, String expected) {
        assertThat(redact(arguments)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "mysql|-uroot|-phunter2|db, mysql -uroot -p*** db",
        "/usr/bin/mysqldump|-P|3306|-phunter2, /usr/bin/mysqldump -P 3306 -p***",
        "sshpass|-p|hunter2|ssh|-p|22|h, sshpass -p *** ssh -p 22 h",
        "sshpass|-phunter2|ssh|-p22|h, sshpass -p*** ssh -p22 h",
        "sudo|redis-cli|-a|hunter2, sudo redis-cli -a ***",
        "ipmitool|-I|lanplus|-P|hunter2|sdr, ipmitool -I lanplus -P *** sdr",
        "mysqlbinlog|-phunter2, mysqlbinlog -p***",
        "mysqlimport|-phunter2, mysqlimport -p***",
        "mariadb-backup|-phunter2, mariadb-backup -p***",
        "ldapadd|-w|x, ldapadd -w ***",
        "ldapcompare|-w|x, ldapcompare -w ***",
        "unzip|-P|x|a.zip, unzip -P *** a.zip",
        "zip|-P|x|a.zip, zip -P *** a.zip",
        "7z|a|-px|a.7z, 7z a -p*** a.7z",
        "7za|a|-px|a.7z, 7za a -p*** a.7z",
        "mosquitto_sub|-p|1883|-P|x, mosquitto_sub -p 1883 -P ***",
        "mosquitto_pub|-P|x, mosquitto_pub -P ***",
        "plink|-pw|x|h, plink -pw *** h",
        "pscp|-P|22|-pw|x|h, pscp -P 22 -pw *** h",
        "racadm|-u|root|-p|calvin, racadm -u root -p ***",
        "xfreerdp|/u:bob|/p:x|/v:h, xfreerdp /u:bob /p:*** /v:h",
        "podman|login|-u|bob|-p|hunter2, podman login -u bob -p ***",
        "nerdctl|login|-u|bob|-p|hunter2, nerdctl login -u bob -p ***",
        "helm|registry|login|-u|bob|-p|hunter2, helm registry login -u bob -p ***",
        "oras|login|-u|bob|-phunter2, oras login -u bob -p***",
        "docker|login|-u|bob|-p|hunter2, docker login -u bob -p ***",
        "/bin/login|-p|--, /bin/login -p --",
        "ping|ldap.example.com|-w|10, ping ldap.example.com -w 10",
        "docker|run|-v|mysql-data:/data|-p|3306:3306|mysql:8, docker run -v mysql-data:/data -p 3306:3306 mysql:8",
        "docker|run|-p|8080:80|img, docker run -p 8080:80 img",
        "ssh|-p|2222|h, ssh -p 2222 h",
        "mkdir|-p|/a/b, mkdir -p /a/b"
    })
    void aShortOptionIsASecretsOnlyWhereItIsKnownToBe(String arguments, String expected) {
        assertThat(redact(arguments)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '^',
            quoteCharacter = '`',
            value = {
                "sh|-c|app --password x --port 80^sh -c app --password *** --port 80",
                "sh|-c|app --password=x --port 80^sh -c app --password=*** --port 80",
                "sh|-c|app --password 'x y' --port 80^sh -c app --password '***' --port 80",
                "sh|-c|PASSWORD=x app --port 80^sh -c PASSWORD=*** app --port 80",
                "sh|-c|PASSWORD='x y' app^sh -c PASSWORD='***' app",
                "bash|-lc|export TOKEN=\"x y\"; app^bash -lc export TOKEN=\"***\"; app",
                "sh|-c|curl -H \"Authorization: Bearer x\" h^sh -c curl -H \"Authorization: ***\" h",
                "sh|-c|curl -H Authorization: Bearer x h^sh -c curl -H Authorization: Bearer *** h",
                "sh|-c|curl -u 'bob:x y' h^sh -c curl -u 'bob:***' h",
                "sh|-c|mysql -p'x y' db^sh -c mysql -p***' db",
                "sh|-c|sshpass -p x ssh h^sh -c sshpass -p *** ssh h",
                "sh|-c|app --password $'x y' z^sh -c app --password *** z",
                "sh|-c|PASSWORD=ab'c d'e\"f g\" app^sh -c PASSWORD=*** app",
                "sh|-c|curl \"http://h/?token=x\" -v^sh -c curl \"http://h/?token=***\" -v",
                "psql|-c|ALTER USER bob PASSWORD 'x y'^psql -c ALTER USER bob PASSWORD '***'",
                "sh|-c|x=$(curl -u bob:hunter2 h)^sh -c x=$(curl -u bob:*** h)",
                "python3|-c|password = 'hunter2'^python3 -c password = '***'",
                "python3|-c|import os; password = 'hunter2'; x()^python3 -c import os; password = '***'; x()",
                "mysql|-e|ALTER USER bob IDENTIFIED BY 'hunter2'^mysql -e ALTER USER bob IDENTIFIED BY '***'",
                "git|-c|http.extraHeader=Authorization: Basic x^git -c http.extraHeader=Authorization: Basic ***",
                "app --password x --port 80^app --password *** --port 80",
                "app: TOKEN=x state=idle^app: TOKEN=*** state=idle",
                "app|-d|{\"password\":\"x y\",\"user\":\"bob\"}^app -d {\"password\":\"***\",\"user\":\"bob\"}",
                "app|-d|{\"password\": \"x y\", \"user\": \"bob\"}^app -d {\"password\": \"***\", \"user\": \"bob\"}",
                "sh|-c|echo {\\\"password\\\":\\\"x\\\",\\\"a\\\":1}^"
                        + "sh -c echo {\\\"password\\\":\\\"***\",\\\"a\\\":1}"
            })
    void scriptsAndTitlesAreReadWordByWord(String arguments, String expected) {
        assertThat(redact(arguments)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc",
                "ghp_0123456789abcdefghijABCDEFGHIJ012345",
                "github_pat_11AAAAAAA0123456789_abcdef",
                "glpat-0123456789abcdefghij",
                "hf_0123456789abcdefghijABCDEF",
                "nvapi-0123456789-abcdefghij",
                "sk-ant-api03-0123456789abcdef",
                "sk-0123456789abcdefghijkl",
                "sk-or-v1-0123456789abcdefghij",
                "xoxb-0123456789-abcdefghij"
            })
    void aTokenIsKnownByItsLook(String token) {
        assertThat(redact("app|" + token + "|x")).isEqualTo("app *** x");
        assertThat(redact("app|--key=" + token + ",y")).isEqualTo("app --key=***,y");
    }

    @Test
    void aPrivateKeyGoes() {
        assertThat(redact("app|-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----|x"))
                .isEqualTo("app -----BEGIN RSA *** x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sleep 600",
                "/usr/lib/systemd/systemd --switched-root --system --deserialize=31",
                "sshd: bob [priv]",
                "postgres: checkpointer",
                "nginx: master process /usr/sbin/nginx -g daemon on;",
                "/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock",
                "java -Xmx4g -XX:+UseSerialGC -Dfile.encoding=UTF-8 -cp /a.jar:/b.jar io.smi.Main",
                "python -m vllm --model meta-llama/Llama-3 --tokenizer auto --max-num-batched-tokens 8192",
                "qemu-system-x86_64 -machine q35,accel=kvm -cpu host -m 4096 -device virtio-net-pci,mac=52:54:00:1:2:3",
                "chrome --type=renderer --lang=en-US --user-data-dir=/home/bob/x",
                "app --password-file /run/secrets/db --port 80",
                "mongod --auth --port 27017",
                "rsync -a bob@host:/a/b /c",
                "uvicorn auth:app",
                "gunicorn app.token:app",
                "docker run mycorp/token:latest",
                "docker build -t reg/auth:1.2 .",
                "docker run -v /secrets:/run/secrets:ro img",
                "bazel build //src/auth:server",
                "pytest tests/test_auth.py::test_x",
                "cargo test auth::x",
                "vim /etc/passwd:12",
                "java -cp /opt/my-secret:/opt/b.jar Main",
                "app --model sk-learn-gbdt-model-v2-2024",
                "desk-lamp --task-with-a-long-name-0123456789"
            })
    void whatIsNoSecretStays(String command) {
        assertThat(redact(command.replace(' ', '|'))).isEqualTo(command);
        assertThat(redact(command)).isEqualTo(command);
    }

    private static String redact(String arguments) {
        return Redactor.redact(arguments.replace('|', '\0')).replace('\0', ' ');
    }
}
