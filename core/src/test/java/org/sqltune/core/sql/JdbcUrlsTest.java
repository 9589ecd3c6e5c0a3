package org.sqltune.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcUrlsTest {
    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h/db?user=me&password=a%26b&ssl=true, jdbc:postgresql://h/db?user=me&ssl=true",
        "jdbc:postgresql://h/db?password=x&sslpassword=y, jdbc:postgresql://h/db",
        "jdbc:postgresql://h/db?user=me&PASSWORD=x, jdbc:postgresql://h/db?user=me",
        "jdbc:postgresql://me:x@h:5432/db, jdbc:postgresql://h:5432/db",
        "data.database=jdbc:postgresql:db?password=x, data.database=jdbc:postgresql:db",
        "jdbc:postgresql://h/db?user=me&currentSchema=shop, jdbc:postgresql://h/db?user=me&currentSchema=shop",
        "folder?password=x, folder?password=x",
    })
    void passwordsAreLeftOutAndNothingElse(String url, String shown) {
        assertThat(JdbcUrls.withoutPassword(url)).isEqualTo(shown);
    }
}
