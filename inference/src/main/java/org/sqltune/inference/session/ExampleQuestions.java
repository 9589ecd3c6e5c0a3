package org.sqltune.inference.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.core.text.PrintableText;
import org.sqltune.data.naming.Nouns;
import org.sqltune.data.naming.SpokenNames;

/** Questions that can be asked of a database, made of its own names. */
final class ExampleQuestions {
    private static final int TABLES = 2;
    private static final List<String> NUMBER_TYPES = List.of("int", "real", "num", "dec", "float", "double");
    private static final List<String> TEXT_TYPES = List.of("text", "char");

    private ExampleQuestions() {}

    /** A few questions; none for a schema without tables. */
    static List<String> of(Schema schema) {
        List<String> questions = new ArrayList<>();
        for (Table table :
                schema.tables().subList(0, Math.min(TABLES, schema.tables().size()))) {
            questions.addAll(of(table, schema));
        }
        schema.foreignKeys().stream()
                .filter(key -> !key.table().equalsIgnoreCase(key.referencedTable()))
                .findFirst()
                .map(key -> "How many " + rows(key.table()) + " are there for each " + row(key.referencedTable()) + "?")
                .ifPresent(questions::add);
        return questions;
    }

    private static List<String> of(Table table, Schema schema) {
        String many = rows(table.name());
        Predicate<Column> isPlain = column -> !column.primaryKey() && !refers(schema, table, column);
        List<String> questions = new ArrayList<>();
        questions.add("How many " + many + " are there?");
        first(table, isPlain.and(column -> hasType(column, TEXT_TYPES)))
                .map(name -> "What are the distinct " + name + " values of the " + many + "?")
                .ifPresent(questions::add);
        first(table, isPlain.and(column -> hasType(column, NUMBER_TYPES)))
                .map(name -> "What is the average " + name + " of the " + many + "?")
                .ifPresent(questions::add);
        return questions;
    }

    private static Optional<String> first(Table table, Predicate<Column> wanted) {
        return table.columns().stream()
                .filter(wanted)
                .map(Column::name)
                .map(ExampleQuestions::spoken)
                .findFirst();
    }

    private static boolean refers(Schema schema, Table table, Column column) {
        return schema.foreignKeys().stream().anyMatch(key -> key.refersFrom(table.name(), column.name()));
    }

    private static boolean hasType(Column column, List<String> types) {
        return types.stream().anyMatch(column.type().toLowerCase(Locale.ROOT)::contains);
    }

    private static String rows(String table) {
        return Nouns.plural(row(table));
    }

    private static String row(String table) {
        return Nouns.singular(spoken(table));
    }

    private static String spoken(String name) {
        return PrintableText.oneLine(SpokenNames.spoken(name));
    }
}
