package org.sqltune.postgres.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;

class PostgresServersTest {
    private static final String URL = "jdbc:postgresql://db.example/shop?user=me&password=secret";

    @Test
    void aUrlNamesAServerOfOnesOwn() {
        try (PostgresServer server = PostgresServers.open(URL, null)) {
            assertThat(server).isEqualTo(new RemoteServer(URL, null));
            assertThat(server.jdbcUrl()).isEqualTo(URL);
            assertThat(server.readerUrl()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mysql://db/shop", "postgresql://db/shop", "", "db"})
    void anotherUrlIsRefusedWithAnExample(String url) {
        assertThatThrownBy(() -> PostgresServers.open(url, null))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("jdbc:postgresql:");
        assertThatThrownBy(() -> new RemoteServer(URL, url)).isInstanceOf(SqlTuneException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db.example/shop?user=me&password=secret, jdbc:postgresql://db.example/shop?user=me",
        "jdbc:postgresql://me:secret@db.example/shop, jdbc:postgresql://db.example/shop",
        "jdbc:postgresql:shop, jdbc:postgresql:shop"
    })
    void whatIsShownHasNoPassword(String url, String shown) {
        assertThat(new RemoteServer(url, null)).hasToString(shown);
    }

    @Test
    void theEmbeddedServerNeedsItsLibrary() {
        assertThat(PostgresServers.isEmbeddable()).isTrue();
    }

    @Test
    void aReasonIsNamedAsInFiles() {
        assertThat(RejectReason.ROWS_DIFFER.label()).isEqualTo("rows_differ");
        assertThat(RejectReason.FREE_ROW_OF_GROUP.label()).isEqualTo("free_row_of_group");
    }
}
