package org.sqltune.inference.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.core.sql.scope.Catalog;
import org.sqltune.core.sql.scope.NameResolver;
import org.sqltune.core.sql.syntax.QueryParser;
import org.sqltune.model.generation.TokenConstraint;
import org.sqltune.model.tokenizer.TokenBytes;

/** Whatever a model chooses under the mask prepares on the database, and has no unknown name. */
class ConstraintWalkTest {
    private static final int NANO_TOKENS = 8192;

    /** One of so many walks draws from whole masks. */
    private static final int MASKED = 25;

    @TempDir
    Path folder;

    private final List<String> faults = new ArrayList<>();
    private final List<Long> nanos = new ArrayList<>();
    private int walks;

    @Test
    void answersOverTablesWithStrangeNamesPrepare() throws SQLException {
        TokenBytes tokens = nano();
        Constraints constraints = new Constraints(() -> tokens);
        for (int seed = 0; seed < 12; seed++) {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
                RandomSchemas.make(connection, new Random(seed));
                walk(constraints, tokens, connection, 25, seed);
            }
        }
        assertThat(faults).isEmpty();
    }

    /** {@code -Dsqltune.databases} names a folder of SQLite files, such as Spider's; {@code -Dsqltune.walks} how often each. */
    @Test
    @Tag("heavy")
    void manyAnswersPrepare() throws SQLException, IOException {
        String tokenizer = System.getProperty("sqltune.tokenizer", "");
        TokenBytes tokens = tokenizer.isEmpty()
                ? nano()
                : TokenBytes.read(Path.of(tokenizer), Integer.getInteger("sqltune.vocab", 32000));
        Constraints constraints = new Constraints(() -> tokens);
        int each = Integer.getInteger("sqltune.walks", 200);
        int first = Integer.getInteger("sqltune.seed", 1000);
        for (int seed = first; seed < first + Integer.getInteger("sqltune.schemas", 500); seed++) {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
                RandomSchemas.make(connection, new Random(seed));
                walk(constraints, tokens, connection, each, seed);
            }
        }
        for (Path file : databases()) {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
                walk(constraints, tokens, connection, each, file.hashCode() + 31L * first);
            }
        }
        nanos.sort(Long::compare);
        System.out.println(walks + " walks, " + faults.size() + " faults; " + nanos.size() + " masks, median "
                + nanos.get(nanos.size() / 2) / 1000 + " us, mean "
                + nanos.stream().mapToLong(Long::longValue).average().orElse(0) / 1000 + " us, p99 "
                + nanos.get(nanos.size() * 99 / 100) / 1000 + " us");
        assertThat(faults).isEmpty();
    }

    private static List<Path> databases() throws IOException {
        String root = System.getProperty("sqltune.databases", "");
        if (root.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(Path.of(root))) {
            return files.filter(file -> file.toString().endsWith(".sqlite"))
                    .sorted()
                    .toList();
        }
    }

    private void walk(Constraints constraints, TokenBytes tokens, Connection connection, int times, long seed)
            throws SQLException {
        Schema schema = new SchemaReader().read(connection, "walks");
        Random random = new Random(seed);
        TokenWalk walk = new TokenWalk(tokens, random);
        for (int i = 0; i < times; i++) {
            walks++;
            TokenConstraint constraint = constraints.of(schema).orElseThrow();
            String sql = "";
            try {
                int most = 12 + random.nextInt(60);
                sql = i % MASKED == 0 ? walk.answer(constraint, most) : walk.drawn(constraint, most);
                String fault = fault(connection, schema, sql);
                if (!fault.isEmpty()) {
                    told(fault + ": " + sql + " of " + schema.tables());
                }
            } catch (IllegalStateException e) {
                told(e + " of " + schema.tables());
            }
        }
        nanos.addAll(walk.nanos());
        if (walks % 2_000 < times) {
            System.out.println(walks + " walks, faults: " + faults.size());
        }
    }

    private void told(String fault) {
        faults.add(fault);
        System.out.println("fault: " + fault);
    }

    static String fault(Connection connection, Schema schema, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery("EXPLAIN " + sql).close();
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
        try {
            var found = NameResolver.resolve(QueryParser.parse(sql), Catalog.of(schema))
                    .faults();
            return found.isEmpty() ? "" : found.toString();
        } catch (RuntimeException e) {
            return "parser: " + e.getMessage();
        }
    }

    private TokenBytes nano() {
        Path file = folder.resolve("tokenizer.json");
        if (!Files.exists(file)) {
            try (InputStream in = TokenBytes.class.getResourceAsStream("/org/sqltune/model/nano/tokenizer.json")) {
                Files.copy(in, file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return TokenBytes.read(file, NANO_TOKENS);
    }
}
