package org.sqltune.synthesis.pretraining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.sqltune.core.config.settings.DataSettings.PromptFormat;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.SchemaSettings;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.data.naming.SpokenNames;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.data.prompt.TokenEstimate;
import org.sqltune.synthesis.invention.Sampler;

/**
 * Chooses the schema format for the prompts of a group of questions, so that the model sees every format: mostly
 * table lines with names and types only, like the demo's; else with keys, comments or sample values, as CREATE TABLE
 * with SQLite's or PostgreSQL's types, or compact. Tables are in random order; large schemas are truncated.
 */
final class SchemaPresentation {
    private static final double COMMENTS = 0.08;
    private static final double SAMPLES = 0.12;
    private static final double OTHER_ORDER = 0.5;
    private static final double POSTGRES_TYPES = 0.4;
    private static final int MOST_TOKENS = 420;
    private static final int MOST_SAMPLES = 3;

    /** Table lines, table lines with keys, CREATE TABLE, compact. */
    private static final double[] FORMATS = {62, 17, 15, 6};

    private final Sampler random;

    SchemaPresentation(Sampler random) {
        this.random = random;
    }

    /**
     * A schema with the template that formats it.
     *
     * @param template the template for all prompts of the group
     * @param schema the schema that prompts show
     */
    record Presented(PromptTemplate template, Schema schema) {}

    /**
     * Chooses a schema's format.
     *
     * @param needed the tables that the answers read, which are kept
     * @param known known texts of the columns, for sample values
     */
    Presented present(Schema schema, Set<String> needed, KnownTexts known) {
        int format = random.weighted(FORMATS);
        boolean comments = random.chance(COMMENTS) || hasComments(schema);
        boolean samples = random.chance(SAMPLES);
        boolean postgres = format == 2 && random.chance(POSTGRES_TYPES);
        Boolean keys = format == 1 ? Boolean.TRUE : null;
        SchemaSettings settings = new SchemaSettings(keys, keys, comments, samples ? MOST_SAMPLES : null, null)
                .withValueLinks(SimulatedLinks.MOST_LINKS);
        SchemaFormat written =
                format < 2 ? SchemaFormat.TABLE : format == 2 ? SchemaFormat.CREATE_TABLE : SchemaFormat.COMPACT;
        PromptTemplate template = PromptTemplate.of(PromptFormat.INST, written, settings, TokenEstimate::of);
        List<Table> tables = limited(schema, needed);
        if (random.chance(OTHER_ORDER)) {
            random.shuffle(tables);
        }
        List<Table> presented = tables.stream()
                .map(table -> presentation(table, comments, samples, postgres, known))
                .toList();
        return new Presented(template, new Schema(schema.databaseId(), presented, keysBetween(schema, tables)));
    }

    private static boolean hasComments(Schema schema) {
        return schema.tables().stream()
                .flatMap(table -> table.columns().stream())
                .anyMatch(column -> !column.comment().isEmpty());
    }

    /** Returns the needed tables and others in order while there is room; all if they fit. */
    private List<Table> limited(Schema schema, Set<String> needed) {
        List<Table> others = new ArrayList<>(schema.tables());
        others.removeIf(table -> needed.contains(table.name()));
        int room = MOST_TOKENS
                - schema.tables().stream().mapToInt(SchemaPresentation::tokens).sum()
                + others.stream().mapToInt(SchemaPresentation::tokens).sum();
        random.shuffle(others);
        List<Table> kept = new ArrayList<>();
        for (Table other : others) {
            room -= tokens(other);
            if (room < 0) {
                break;
            }
            kept.add(other);
        }
        List<Table> tables = new ArrayList<>(schema.tables());
        tables.removeIf(table -> !needed.contains(table.name()) && !kept.contains(table));
        return tables;
    }

    /** Estimates the tokens of a table's line. */
    static int tokens(Table table) {
        int tokens = 2 + TokenEstimate.of(table.name());
        for (Column column : table.columns()) {
            tokens += TokenEstimate.of(column.name()) + 2;
        }
        return tokens;
    }

    private static List<ForeignKey> keysBetween(Schema schema, List<Table> tables) {
        List<String> names = tables.stream().map(Table::name).toList();
        return schema.foreignKeys().stream()
                .filter(key -> names.contains(key.table()) && names.contains(key.referencedTable()))
                .toList();
    }

    private Table presentation(Table table, boolean comments, boolean samples, boolean postgres, KnownTexts known) {
        return new Table(
                table.name(),
                table.columns().stream()
                        .map(column -> {
                            Column typed = postgres ? typed(column) : column;
                            Column told = comments ? commented(typed) : typed;
                            return samples ? sampled(told, known.of(table.name(), column.name())) : told;
                        })
                        .toList());
    }

    private static Column commented(Column column) {
        String spoken = SpokenNames.spoken(column.name());
        boolean says = column.comment().isEmpty() && !spoken.equalsIgnoreCase(column.name());
        return says ? column.withComment(spoken) : column;
    }

    private Column sampled(Column column, List<String> texts) {
        return texts.isEmpty() ? column : column.withSamples(random.pickSome(texts, random.between(1, MOST_SAMPLES)));
    }

    private Column typed(Column column) {
        return new Column(
                column.name(),
                postgresType(column.type().toLowerCase(Locale.ROOT)),
                column.primaryKey(),
                column.comment(),
                column.samples());
    }

    private String postgresType(String type) {
        if (type.contains("int")) {
            return random.pick(List.of("integer", "integer", "bigint", "serial"));
        }
        if (type.contains("char") || type.contains("text") || type.equals("others")) {
            return random.pick(List.of("text", "text", "varchar(255)", "character varying(100)"));
        }
        if (type.contains("date") || type.contains("time")) {
            return random.pick(List.of("date", "timestamp", "timestamp with time zone"));
        }
        if (type.contains("bool")) {
            return "boolean";
        }
        return random.pick(List.of("numeric", "numeric(10,2)", "double precision", "real"));
    }
}
