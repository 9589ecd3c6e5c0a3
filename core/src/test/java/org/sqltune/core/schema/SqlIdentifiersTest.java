package org.sqltune.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlIdentifiersTest {
    @ParameterizedTest
    @CsvSource({
        "customers, customers",
        "_x1, _x1",
        "Name, Name",
        "Home Town, \"Home Town\"",
        "1958, \"1958\"",
        "order, \"order\"",
        "Group, \"Group\"",
        "STATE/TERRITORY, \"STATE/TERRITORY\"",
        "a\"b, \"a\"\"b\"",
        "größe, \"größe\""
    })
    void namesAreQuotedOnlyWhereSqlWouldMisreadThem(String name, String written) {
        assertThat(SqlIdentifiers.quotedIfNeeded(name)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abort",
                "action",
                "add",
                "after",
                "all",
                "alter",
                "always",
                "analyze",
                "and",
                "as",
                "asc",
                "attach",
                "autoincrement",
                "before",
                "begin",
                "between",
                "by",
                "cascade",
                "case",
                "cast",
                "check",
                "collate",
                "column",
                "commit",
                "conflict",
                "constraint",
                "create",
                "cross",
                "current",
                "current_date",
                "current_time",
                "current_timestamp",
                "database",
                "default",
                "deferrable",
                "deferred",
                "delete",
                "desc",
                "detach",
                "distinct",
                "do",
                "drop",
                "each",
                "else",
                "end",
                "escape",
                "except",
                "exclude",
                "exclusive",
                "exists",
                "explain",
                "fail",
                "filter",
                "first",
                "following",
                "for",
                "foreign",
                "from",
                "full",
                "generated",
                "glob",
                "group",
                "groups",
                "having",
                "if",
                "ignore",
                "immediate",
                "in",
                "index",
                "indexed",
                "initially",
                "inner",
                "insert",
                "instead",
                "intersect",
                "into",
                "is",
                "isnull",
                "join",
                "key",
                "last",
                "left",
                "like",
                "limit",
                "match",
                "materialized",
                "natural",
                "no",
                "not",
                "nothing",
                "notnull",
                "null",
                "nulls",
                "of",
                "offset",
                "on",
                "or",
                "order",
                "others",
                "outer",
                "over",
                "partition",
                "plan",
                "pragma",
                "preceding",
                "primary",
                "query",
                "raise",
                "range",
                "recursive",
                "references",
                "regexp",
                "reindex",
                "release",
                "rename",
                "replace",
                "restrict",
                "returning",
                "right",
                "rollback",
                "row",
                "rows",
                "savepoint",
                "select",
                "set",
                "table",
                "temp",
                "temporary",
                "then",
                "ties",
                "to",
                "transaction",
                "trigger",
                "unbounded",
                "union",
                "unique",
                "update",
                "using",
                "vacuum",
                "values",
                "view",
                "virtual",
                "when",
                "where",
                "window",
                "with",
                "without"
            })
    void everyKeywordOfSqliteCanBeATableAndAColumn(String keyword) throws Exception {
        for (String name : List.of(
                SqlIdentifiers.quotedIfNeeded(keyword),
                SqlIdentifiers.quotedIfNeeded(keyword.toUpperCase(Locale.ROOT), SqlDialect.SQLITE))) {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE " + name + " (" + name + " TEXT)");
                statement.execute("INSERT INTO " + name + " VALUES ('x')");
                assertThat(statement
                                .executeQuery("SELECT " + name + " FROM " + name + " WHERE " + name + " = 'x' AND "
                                        + name + "." + name + " LIKE 'x' GROUP BY " + name + " ORDER BY " + name)
                                .getString(1))
                        .isEqualTo("x");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "customers, customers, customers, customers",
        "CustomerId, CustomerId, \"CustomerId\", CustomerId",
        "Order, \"Order\", \"Order\", \"Order\"",
        "user, user, \"user\", \"user\"",
        "ilike, ilike, \"ilike\", \"ilike\"",
        "a b, \"a b\", \"a b\", \"a b\"",
        "größe, größe, größe, größe",
        "Größe, Größe, \"Größe\", \"Größe\"",
        "名前, 名前, 名前, 名前",
        "2nd, \"2nd\", \"2nd\", \"2nd\"",
        "a$b, a$b, a$b, a$b"
    })
    void eachDatabaseNeedsQuotesElsewhere(String name, String sqlite, String postgres, String folded) {
        assertThat(SqlIdentifiers.quotedIfNeeded(name, SqlDialect.SQLITE)).isEqualTo(sqlite);
        assertThat(SqlIdentifiers.quotedIfNeeded(name, SqlDialect.POSTGRES)).isEqualTo(postgres);
        assertThat(SqlIdentifiers.quotedIfNeeded(name, SqlDialect.POSTGRES_FOLDED))
                .isEqualTo(folded);
    }

    /** SQLite keeps names that begin with its own for itself, and no name holds a NUL. */
    @Property(tries = 300)
    void anyNameCanBeATableAndAColumn(
            @ForAll
                    @Chars({'a', 'Z', '_', '0', '9', ' ', '"', '\'', '`', '[', ']', ';', '-', '.', '%', '?', 'é', '猫'})
                    @StringLength(min = 1, max = 8)
                    String name)
            throws Exception {
        String written = SqlIdentifiers.quotedIfNeeded(name);
        assertThat(written).isIn(name, SqlIdentifiers.quoted(name));
        for (String each : List.of(written, SqlIdentifiers.quotedIfNeeded(name, SqlDialect.SQLITE))) {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE " + each + " (" + each + " TEXT)");
                assertThat(new SchemaReader().read(connection, "d").tables())
                        .containsExactly(new Table(name, List.of(new Column(name, "text", false))));
            }
        }
    }
}
