package org.sqltune.synthesis.invention;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sqltune.core.schema.Column;
import org.sqltune.synthesis.invention.InventedSchema.InventedLink;

/** Invents schemas: random tables with random columns, connected by foreign keys. */
public final class SchemaInventor {
    private static final InventedValueKind[] FACT_KINDS = {
        InventedValueKind.CATEGORY, InventedValueKind.PLACE, InventedValueKind.DATE, InventedValueKind.MONEY,
                InventedValueKind.COUNT, InventedValueKind.SCORE,
        InventedValueKind.MEASURE, InventedValueKind.YEAR, InventedValueKind.PERSON, InventedValueKind.CODE,
                InventedValueKind.TEXT, InventedValueKind.AGE
    };
    private static final double[] FACT_WEIGHTS = {5, 2.5, 3, 3, 3, 1.5, 1.5, 1, 1, 1, 0.6, 0.5};

    /** Nouns of the word lists that SQL doesn't accept as names without quotes. */
    private static final Set<String> KEYWORDS = Set.of("order", "table", "transaction", "union");

    private final WordLists words;
    private final ValueInventor values;
    private final Sampler random;

    public SchemaInventor(WordLists words, ValueInventor values, Sampler random) {
        this.words = words;
        this.values = values;
        this.random = random;
    }

    /** Invents a schema. */
    public InventedSchema invent(String id, SchemaShape shape) {
        List<Draft> drafts = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int count = random.between(shape.leastTables(), shape.mostTables());
        while (drafts.size() < count) {
            Draft draft = draft(shape);
            if (names.add(draft.noun.singular()) && names.add(draft.noun.plural())) {
                drafts.add(draft);
            }
        }
        List<Reference> references = connect(drafts);
        List<InventedTable> tables = drafts.stream().map(Draft::table).toList();
        return new InventedSchema(
                id,
                tables,
                references.stream().map(reference -> reference.link(tables)).toList());
    }

    private Draft draft(SchemaShape shape) {
        Noun noun = noun(shape);
        boolean plural = random.chance(0.85) || KEYWORDS.contains(noun.singular());
        String name = plural ? noun.plural() : noun.singular();
        String key = random.chance(0.85) ? noun.singular() + "_id" : "id";
        Draft draft = new Draft(name, noun, key);
        int facts = random.between(shape.leastFacts(), shape.mostFacts());
        if (random.chance(0.65)) {
            String caption = random.chance(0.2) ? noun.singular() + "_name" : nameOf(InventedValueKind.NAME, shape);
            draft.add(caption, InventedValueKind.NAME, "text");
        }
        while (draft.facts() < facts) {
            InventedValueKind kind = FACT_KINDS[random.weighted(FACT_WEIGHTS)];
            draft.add(nameOf(kind, shape), kind, typeOf(kind));
        }
        return draft;
    }

    private Noun noun(SchemaShape shape) {
        if (random.chance(shape.inventedNames())) {
            return Noun.regular(values.word());
        }
        Noun noun = random.pick(words.things());
        return random.chance(0.15) ? Noun.compound(random.pick(words.things()), noun) : noun;
    }

    private String nameOf(InventedValueKind kind, SchemaShape shape) {
        if (random.chance(shape.inventedNames())) {
            return values.word();
        }
        String name = random.pick(words.columnsOf(kind));
        if (!name.contains("_") && random.chance(0.18)) {
            return random.pick(words.modifiers()) + "_" + name;
        }
        return name;
    }

    private String typeOf(InventedValueKind kind) {
        return switch (kind) {
            case DATE -> random.chance(0.3) ? "date" : kind.type();
            case MEASURE, SCORE -> random.chance(0.3) ? "integer" : kind.type();
            default -> kind.type();
        };
    }

    /** Returns references that connect every table with an earlier one, and occasionally one more. */
    private List<Reference> connect(List<Draft> drafts) {
        List<Reference> references = new ArrayList<>();
        for (int later = 1; later < drafts.size(); later++) {
            int earlier = random.between(0, later - 1);
            boolean forward = random.chance(0.7);
            refer(drafts, forward ? later : earlier, forward ? earlier : later, references);
            if (later > 1 && random.chance(0.35)) {
                refer(drafts, later, random.between(0, later - 1), references);
            }
        }
        return references;
    }

    private void refer(List<Draft> drafts, int child, int parent, List<Reference> references) {
        Draft target = drafts.get(parent);
        String column = target.key.equals("id") ? target.noun.singular() + "_id" : target.key;
        if (drafts.get(child).insertKey(column, random)) {
            references.add(new Reference(child, column, parent, target.key));
        }
    }

    private record Reference(int child, String childColumn, int parent, String parentColumn) {
        InventedLink link(List<InventedTable> tables) {
            return new InventedLink(tables.get(child), childColumn, tables.get(parent), parentColumn);
        }
    }

    /** A table under construction. */
    private static final class Draft {
        private final String name;
        private final Noun noun;
        private final String key;
        private final List<Attribute> attributes = new ArrayList<>();

        private Draft(String name, Noun noun, String key) {
            this.name = name;
            this.noun = noun;
            this.key = key;
            attributes.add(new Attribute(new Column(key, "integer", true), InventedValueKind.KEY));
        }

        private boolean has(String column) {
            return attributes.stream().anyMatch(attribute -> attribute.name().equals(column));
        }

        private long facts() {
            return attributes.stream()
                    .filter(attribute -> attribute.kind() != InventedValueKind.KEY)
                    .count();
        }

        private void add(String column, InventedValueKind kind, String type) {
            if (!has(column)) {
                attributes.add(new Attribute(new Column(column, type, false), kind));
            }
        }

        private boolean insertKey(String column, Sampler random) {
            if (has(column)) {
                return false;
            }
            int place = random.chance(0.6) ? 1 : random.between(1, attributes.size());
            attributes.add(place, new Attribute(new Column(column, "integer", false), InventedValueKind.KEY));
            return true;
        }

        private InventedTable table() {
            return new InventedTable(name, noun, attributes);
        }
    }

    /**
     * The size of invented schemas.
     *
     * @param leastTables the minimal number of tables
     * @param mostTables the maximal number of tables
     * @param leastFacts the minimal number of columns of a table, keys excluded
     * @param mostFacts the maximal number of columns of a table, keys excluded
     * @param inventedNames the share of names that are made-up words, which a model can only copy
     */
    public record SchemaShape(int leastTables, int mostTables, int leastFacts, int mostFacts, double inventedNames) {}
}
