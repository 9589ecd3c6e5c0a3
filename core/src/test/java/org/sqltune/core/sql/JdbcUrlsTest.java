package org.sqltune.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JdbcUrlsTest {
    @Test
    void postgresqlIsKnownByItsUrl() {
        assertThat(JdbcUrls.isPostgres("jdbc:postgresql://h/db")).isTrue();
        assertThat(JdbcUrls.isPostgres("jdbc:sqlite:x.db")).isFalse();
    }
}
