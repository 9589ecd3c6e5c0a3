package org.sqltune.core.sql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Trees of every shape, printed and read back. */
class RoundTripTest {
    @Property(tries = 800)
    void whatIsPrintedIsReadBackAsTheSameTree(@ForAll long seed) {
        Query query = new RandomTrees(new Random(seed)).query(2);
        String sql = SqlPrinter.print(query);
        Query again = QueryParser.parse(sql);
        assertThat(BareTree.of(again)).as(sql).isEqualTo(BareTree.of(query));
        assertThat(SqlPrinter.print(again)).isEqualTo(sql);
    }

    @Property(tries = 300)
    void sqliteReadsWhatIsPrinted(@ForAll long seed) throws Exception {
        Query query = new RandomTrees(new Random(seed)).query(2);
        String sql = SqlPrinter.print(query);
        try (Sqlite sqlite = new Sqlite()) {
            assertThat(sqlite.parses(sql)).as(sql + ": " + sqlite.error(sql)).isTrue();
        }
    }
}
