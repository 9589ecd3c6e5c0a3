package org.sqltune.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;

class SecretsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "no answer from https://me:hunter2!@hub.example/x",
                "no answer from https://hunter2!@hub.example:8080/x?y=1",
                "postgres://me:a/hunter2!@db.example/shop is no address",
                "HTTP://ME:hunter2!@HUB",
                "redis+tls://:hunter2!@cache:6379/0",
                "jdbc:postgresql://h/db?user=me&password=hunter2!&ssl=true",
                "JDBC:PostgreSQL://me:hunter2!@h/db",
                "jdbc:mysql://h/db?user=me&PASSWORD=hunter2!",
                "jdbc:sqlserver://h;user=me;password=hunter2!;encrypt=true",
                "jdbc:oracle:thin:scott/hunter2!@//h:1521/x",
                "GET https://bucket/x?X-Amz-Signature=hunter2!&X-Amz-Date=2026 failed",
                "GET https://h/x?key=hunter2! failed",
                "GET https://h/x?access_token=hunter2!#y failed",
                "HF_TOKEN=hunter2! was given",
                "PGPASSWORD = 'hunter2! with blanks'",
                "host=h password=hunter2! dbname=shop",
                "Properties{user=me, password=hunter2!, ssl=true}",
                "--api-key=hunter2!",
                "{\"user\": \"me\", \"api_key\": \"hunter2!\"}",
                "{'clientSecret' : 'hunter2!'}",
                "Authorization: Bearer hunter2!hunter2",
                "authorization: basic aHVudGVyMiE6aHVudGVyMiE= hunter",
                "sent bearer hunter2!hunter2",
                "cloning with hf_hunter2hunter2hunter2",
                "cloning with ghp_hunter2hunter2hunter2hunter2",
            })
    void secretsAreMasked(String text) {
        String masked = Secrets.masked(text, List.of());
        assertThat(masked).contains("***").doesNotContain("hunter2").doesNotContain("aHVudGVy");
        assertThat(Secrets.masked(masked, List.of())).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "training.max_new_tokens=256 schema_max_tokens=300 eos_token=</s> pad_token='<pad>'",
                "FATAL: password authentication failed for user \"me\"",
                "https://huggingface.co/TinyLlama/TinyLlama-1.1B-Chat-v1.0",
                "http://localhost:8080/@scope/name and me@example.com",
                "jdbc:postgresql://localhost/shop?user=reader&password=…",
                "CREATE ROLE reader LOGIN PASSWORD '…'",
                "primary_key=id, sort key = name",
                "HubSettings[endpoint=https://huggingface.co, token=none]",
                "SELECT password FROM users WHERE token IS NULL",
                "basic authentication, bearer authentication, basic questions",
                "// a comment: x@y",
            })
    void whatIsNoSecretStays(String text) {
        assertThat(Secrets.masked(text, List.of())).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h/db?user=me&password=a%26b&ssl=true, jdbc:postgresql://h/db?user=me&ssl=true",
        "jdbc:postgresql://h/db?password=x&sslpassword=y, jdbc:postgresql://h/db",
        "jdbc:postgresql://h/db?user=me&PASSWORD=x, jdbc:postgresql://h/db?user=me",
        "JDBC:PostgreSQL://h/db?user=me&Password=two words, JDBC:PostgreSQL://h/db?user=me",
        "jdbc:postgresql://me:x@h:5432/db, jdbc:postgresql://h:5432/db",
        "data.database=jdbc:postgresql:db?password=x, data.database=jdbc:postgresql:db",
        "jdbc:postgresql://h/db?user=me&currentSchema=shop, jdbc:postgresql://h/db?user=me&currentSchema=shop",
        "jdbc:sqlserver://h;password=x;encrypt=true, jdbc:sqlserver://h;encrypt=true",
        "folder?password=x, folder?password=***",
        "https://me:x@h/db, https://***@h/db",
    })
    void aUrlWorksWithoutItsSecrets(String url, String shown) {
        assertThat(Secrets.withoutSecrets(url)).isEqualTo(shown);
    }

    @Test
    void theValuesOfSecretVariablesAreKnown() {
        Properties fromDotEnv = new Properties();
        fromDotEnv.setProperty("WANDB_API_KEY", "wandb-value");
        fromDotEnv.setProperty("java.secret", "a property of Java's own");
        Map<String, String> environment = Map.of(
                "HF_TOKEN", "quite-a-token",
                "PGPASSWORD", "quite-a-token-longer",
                "AWS_SECRET_ACCESS_KEY", "amazon/value+",
                "MYSQL_PWD", "mysqlvalue",
                "PWD", "/home/me/work",
                "HF_TOKEN_PATH", "/home/me/token",
                "SHORT_TOKEN", "abc",
                "TOKENIZERS_PARALLELISM", "always");
        List<String> known = Secrets.known(environment, fromDotEnv);
        assertThat(known)
                .containsExactlyInAnyOrder(
                        "quite-a-token-longer", "quite-a-token", "amazon/value+", "wandb-value", "mysqlvalue");
        assertThat(Secrets.masked(
                        "refused: quite-a-token-longer, quite-a-token; amazon/value+ unquite-a-tokens", known))
                .isEqualTo("refused: ***, ***; *** unquite-a-tokens");
    }

    @Test
    void messagesOfErrorsHoldNoSecrets() {
        assertThat(new SqlTuneException("Can't read https://me:hunter2@h/x")).hasMessage("Can't read https://***@h/x");
        assertThat(new ConfigException("--db", List.of("there is no database jdbc:x:y?password=hunter2")))
                .hasMessage("--db: there is no database jdbc:x:y?password=***");
    }

    @Test
    void aLongHostileTextTakesNoTime() {
        long start = System.nanoTime();
        for (String part :
                List.of("//a:", "x=", "?a=", "\"a\":\"", "bearer ", "a.b-", "password", "jdbc:oracle:a:b/")) {
            Secrets.masked(part.repeat(200_000 / part.length()), List.of("password"));
        }
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
    }
}
