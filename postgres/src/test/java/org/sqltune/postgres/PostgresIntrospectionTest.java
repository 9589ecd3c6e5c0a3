package org.sqltune.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.data.database.DatabaseIntrospection;
import org.sqltune.data.prompt.SchemaSerializer;
import org.sqltune.postgres.proof.PostgresServer;

@ExtendWith(SharedServer.class)
class PostgresIntrospectionTest {
    @Test
    void typesKeysCommentsAndValuesAreRead(PostgresServer server) throws SQLException {
        String url;
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            url = connection.getMetaData().getURL();
            statement.execute("CREATE SCHEMA my_shop");
            statement.execute("SET search_path TO my_shop");
            statement.execute("CREATE TABLE city (id integer PRIMARY KEY, name varchar(20))");
            statement.execute(
                    "CREATE TABLE \"the_order\" (\"select\" text, home integer REFERENCES city (id), paid numeric)");
            statement.execute("CREATE TABLE \"thexorder\" (other date)");
            statement.execute("COMMENT ON COLUMN \"the_order\".home IS 'where it goes'");
            statement.execute("INSERT INTO city VALUES (1, 'Rom'), (2, 'Oslo')");
        }

        Schema schema = new DatabaseIntrospection(5)
                .read(url + (url.contains("?") ? "&" : "?") + "user=postgres&currentSchema=my_shop");

        assertThat(schema.table("city").orElseThrow().columns())
                .containsExactly(
                        new Column("id", "int4", true, "", List.of("1", "2")),
                        new Column("name", "varchar", false, "", List.of("Rom", "Oslo")));
        assertThat(schema.table("the_order").orElseThrow().columns())
                .containsExactly(
                        new Column("select", "text", false),
                        new Column("home", "int4", false).withComment("where it goes"),
                        new Column("paid", "numeric", false));
        assertThat(schema.foreignKeys()).containsExactly(new ForeignKey("the_order", "home", "city", "id"));
        assertThat(schema.tables()).hasSize(3);
    }

    @Test
    void valuesAreLiteralsOfTheirTypesWhereverThisMachineIs(PostgresServer server) throws SQLException {
        String url = made(
                server,
                "my_values",
                "CREATE TYPE mood AS ENUM ('7', 'Ok')",
                "CREATE TABLE v (code text, mood mood, tags text[], joined timestamptz, at timestamp, day date,"
                        + " amount numeric(10,2), big int8, real float8, paid money, sure bool, bits bit(3), span interval,"
                        + " note bytea, padded char(5))",
                "INSERT INTO v VALUES ('07', '7', '{a,b}', '2024-01-01 00:00+02', '2024-01-01', '2024-05-06', 10.50,"
                        + " 9223372036854775807, 1e20, '1.5', true, '101', '1 day 2 hours', '\\x00', 'ab')",
                "INSERT INTO v (code, amount, real) VALUES ('7', 'NaN', '-Infinity')");
        TimeZone zone = TimeZone.getDefault();
        try {
            for (String each : List.of("Asia/Tokyo", "America/New_York")) {
                TimeZone.setDefault(TimeZone.getTimeZone(each));
                assertThat(new SchemaSerializer(SchemaFormat.COMPACT).serialize(new DatabaseIntrospection(2).read(url)))
                        .isEqualTo("v(code [e.g. '07', '7'], mood [e.g. '7'], tags [e.g. '{a,b}'],"
                                + " joined [e.g. '2023-12-31 22:00:00+00'], at [e.g. '2024-01-01 00:00:00'],"
                                + " day [e.g. '2024-05-06'], amount [e.g. 10.50, 'NaN'], big [e.g. 9223372036854775807],"
                                + " real [e.g. 1E+20, '-Infinity'], paid [e.g. '$1.50'], sure [e.g. true],"
                                + " bits [e.g. '101'], span [e.g. '1 day 02:00:00'], note, padded [e.g. 'ab'])");
            }
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void typesHaveTheDriversNamesButArraysAndDeclaredOnesTheirOwn(PostgresServer server) throws SQLException {
        String url = made(
                server,
                "my_types",
                "CREATE TYPE \"Mood\" AS ENUM ('a')",
                "CREATE TABLE t (a int, b bigserial, c varchar(3), d char(2), e numeric(4,1), f timestamp(3), g timetz,"
                        + " h double precision, i bool, j jsonb, k xml, l bit(3), m varbit, n inet, o int4range, p smallserial,"
                        + " q text[], r \"Mood\", s \"Mood\"[], t int GENERATED ALWAYS AS IDENTITY)");
        List<String> driver = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                ResultSet rows = connection.getMetaData().getColumns(null, "my\\_types", "t", "%")) {
            while (rows.next()) {
                driver.add(rows.getString("TYPE_NAME"));
            }
        }

        List<String> types = new DatabaseIntrospection(0)
                .read(url).tables().get(0).columns().stream().map(Column::type).toList();

        assertThat(driver).endsWith("_text", "Mood", "_Mood", "int4");
        assertThat(types.subList(0, 16)).isEqualTo(driver.subList(0, 16));
        assertThat(types.subList(16, 20)).containsExactly("text[]", "\"Mood\"", "\"Mood\"[]", "int4");
    }

    private static String made(PostgresServer server, String schema, String... statements) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema);
            statement.execute("SET search_path TO " + schema);
            for (String sql : statements) {
                statement.execute(sql);
            }
            String url = connection.getMetaData().getURL();
            return url + (url.contains("?") ? "&" : "?") + "user=postgres&currentSchema=" + schema;
        }
    }

    /** Whoever locks a catalog makes every reader wait. */
    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void aCatalogThatIsLockedIsALineWhenTheTimeIsOver(PostgresServer server) throws SQLException {
        String url = made(server, "locked_catalog", "CREATE TABLE a (id int)");
        try (Connection other = server.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE pg_catalog.pg_description IN ACCESS EXCLUSIVE MODE");

            assertThatThrownBy(() -> new DatabaseIntrospection(0, Duration.ofSeconds(1)).read(url))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining(
                            "was stopped after 1.0 s; name a schema with fewer tables with ?currentSchema=")
                    .hasMessageContaining("pg_stat_activity");
            other.rollback();
        }
        assertThat(new DatabaseIntrospection(0).read(url).tables()).hasSize(1);
    }

    @Test
    void hugeValuesAndCommentsStayOnTheServer(PostgresServer server) throws SQLException {
        String url = made(
                server,
                "huge_values",
                "CREATE TABLE a (name text, note text, picture bytea)",
                "INSERT INTO a VALUES ('Ada', repeat('x', 50000000), decode(repeat('00', 50000000), 'hex')), ('Bo', 'y', NULL)",
                "DO $$ BEGIN EXECUTE format('COMMENT ON COLUMN a.name IS %L', repeat('z', 1000000)); END $$");

        Schema schema = new DatabaseIntrospection(3).read(url);

        List<Column> columns = schema.table("a").orElseThrow().columns();
        assertThat(columns.get(0).samples()).containsExactly("Ada", "Bo");
        assertThat(columns.get(1).samples()).containsExactly("y");
        assertThat(columns.get(0).comment()).hasSize(10_000);
    }

    @Test
    void aServerThatDoesNotAnswerIsNamedWithoutItsPassword() {
        assertThatThrownBy(() -> new DatabaseIntrospection(0)
                        .read("jdbc:postgresql://127.0.0.1:1/shop?user=me&password=secret&connectTimeout=1"))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("127.0.0.1:1/shop")
                .hasMessageNotContaining("secret");
    }
}
