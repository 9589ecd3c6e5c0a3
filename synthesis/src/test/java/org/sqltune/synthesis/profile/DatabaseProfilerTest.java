package org.sqltune.synthesis.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sqltune.synthesis.ShopDatabase;

class DatabaseProfilerTest {
    @Test
    void columnsAreKnownByWhatTheyHold() throws SQLException {
        try (Connection shop = ShopDatabase.open()) {
            TableProfile customers = profile(shop).tables().get(0);

            assertThat(customers.columns())
                    .extracting(ColumnProfile::role)
                    .containsExactly(
                            ColumnRole.KEY,
                            ColumnRole.NAME,
                            ColumnRole.CATEGORY,
                            ColumnRole.CATEGORY,
                            ColumnRole.NUMBER,
                            ColumnRole.NUMBER,
                            ColumnRole.DATE,
                            ColumnRole.DATE);
            assertThat(customers.label().name()).isEqualTo("name");
            assertThat(customers.column("LAST_LOGIN").orElseThrow().missing()).isEqualTo(4);
        }
    }

    @Test
    void aTableWithoutANameIsCalledByItsKey() throws SQLException {
        try (Connection shop = ShopDatabase.open()) {
            assertThat(profile(shop).tables().get(3).label().name()).isEqualTo("order_id");
        }
    }

    @Test
    void aKeyOfLettersIsNoNameWhereThereIsOne() throws SQLException {
        try (Connection world = ShopDatabase.withStatements(
                "CREATE TABLE country (code TEXT PRIMARY KEY, name TEXT)",
                "CREATE TABLE currency (code TEXT PRIMARY KEY, rate REAL)",
                "INSERT INTO country VALUES ('NOR', 'Norway')",
                "INSERT INTO currency VALUES ('NOK', 11.8)")) {
            assertThat(profile(world).tables())
                    .extracting(table -> table.label().name())
                    .containsExactly("name", "code");
        }
    }

    @Test
    void namesThatRunTogetherAreSpokenAsTheWordsThatOtherNamesHave() throws SQLException {
        try (Connection world = ShopDatabase.withStatements(
                "CREATE TABLE country (id INTEGER PRIMARY KEY, unionmember TEXT, homepage TEXT)",
                "CREATE TABLE countrylanguage (union_id INTEGER, member_id INTEGER, language TEXT, IsOfficial TEXT)",
                "INSERT INTO country VALUES (1, 'yes', 'x')",
                "INSERT INTO countrylanguage VALUES (1, 1, 'Norsk', 'T')")) {
            assertThat(profile(world).tables())
                    .extracting(TableProfile::spoken)
                    .containsExactly("", "country language");
            assertThat(profile(world).tables())
                    .flatExtracting(TableProfile::columns)
                    .extracting(ColumnProfile::comment)
                    .containsExactly("", "union member", "", "", "", "", "official status");
        }
    }

    @Test
    void onlyWhatIsSoOrNotIsAFlag() {
        assertThat(List.of("is_active", "IsOfficial", "isPaidOff", "IS_NEW"))
                .allMatch(name -> FlagNames.adjective(name).isPresent());
        assertThat(FlagNames.adjective("isPaidOff")).contains("paid off");
        assertThat(List.of("ISBN", "island", "Issue", "is", "this_one"))
                .allMatch(name -> FlagNames.adjective(name).isEmpty());
    }

    @Test
    void blobsMixturesAndNothingAreNotAskedAbout() throws SQLException {
        try (Connection odd = ShopDatabase.withStatements(
                "CREATE TABLE t (blob, mixed, void)", "INSERT INTO t VALUES (x'00', 1, NULL), (x'01', 'a', NULL)")) {
            assertThat(profile(odd).tables().get(0).columns())
                    .extracting(ColumnProfile::role)
                    .containsOnly(ColumnRole.OTHER);
        }
    }

    @Test
    void tablesWithoutRowsAndLinksToThemAreLeftOut() throws SQLException {
        try (Connection gap = ShopDatabase.withStatements(
                "CREATE TABLE up (id INTEGER PRIMARY KEY)",
                "CREATE TABLE down (id INTEGER PRIMARY KEY, up_id INTEGER REFERENCES up)",
                "INSERT INTO down VALUES (1, NULL)")) {
            assertThat(profile(gap).tables()).extracting(TableProfile::name).containsExactly("down");
            assertThat(profile(gap).links()).isEmpty();
        }
    }

    @Test
    void linksThatWordsCannotTellApartAreLeftOut() throws SQLException {
        try (Connection teams = ShopDatabase.withStatements(
                "CREATE TABLE team (id INTEGER PRIMARY KEY, mentor INTEGER REFERENCES team)",
                "CREATE TABLE game (id INTEGER PRIMARY KEY, home INTEGER REFERENCES team,"
                        + " away INTEGER REFERENCES team)",
                "INSERT INTO team VALUES (1, NULL), (2, 1)",
                "INSERT INTO game VALUES (1, 1, 2)")) {
            assertThat(profile(teams).tables()).hasSize(2);
            assertThat(profile(teams).links()).isEmpty();
        }
    }

    @Test
    void numbersAreSpokenWithoutNeedlessFractions() {
        assertThat(ProfiledValue.ofNumber(89.0).text()).isEqualTo("89");
        assertThat(ProfiledValue.ofNumber(24.99).text()).isEqualTo("24.99");
    }

    @Test
    void textsAreQuotedInSqlOnly() {
        ProfiledValue value = ProfiledValue.ofText("O'Brien");

        assertThat(value.text()).isEqualTo("O'Brien");
        assertThat(value.literal()).isEqualTo("'O''Brien'");
    }

    private static DatabaseProfile profile(Connection connection) throws SQLException {
        return DatabaseProfiler.profile(ShopDatabase.schema(connection), connection);
    }
}
