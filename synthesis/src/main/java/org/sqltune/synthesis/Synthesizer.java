package org.sqltune.synthesis;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.core.schema.Schema;
import org.sqltune.data.naming.QuestionText;
import org.sqltune.synthesis.grammar.Choice;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.phrasing.QuestionWriter;
import org.sqltune.synthesis.profile.DatabaseProfile;
import org.sqltune.synthesis.profile.DatabaseProfiler;
import org.sqltune.synthesis.profile.TableProfile;
import org.sqltune.synthesis.template.QueryTemplate;
import org.sqltune.synthesis.template.Templates;

/**
 * Generates question and SQL pairs for a database. It combines every template with every table in turn, and balances
 * the categories, and each category's templates, as far as the database allows. Equal seeds and equal databases give
 * equal pairs. Not thread-safe.
 */
public final class Synthesizer {
    private static final int THROWS_A_TURN = 4;
    private static final int EMPTY_TURNS_BEFORE_GIVING_UP = 3;
    /** A template whose usual hardness is satisfied may still yield others. */
    private static final int EMPTY_TURNS_OF_A_MIX = 12;

    private final long seed;
    private final Predicate<String> allowed;
    private final List<QueryTemplate> templates;
    private final @Nullable HardnessMix mix;
    private final QuestionWriter writer = new QuestionWriter();

    /** @param seed the random seed */
    public Synthesizer(long seed) {
        this(seed, question -> true);
    }

    /**
     * @param seed the random seed
     * @param allowed accepts questions; rejected ones are drawn again
     */
    public Synthesizer(long seed, Predicate<String> allowed) {
        this(seed, allowed, Templates.all(), null);
    }

    /**
     * @param seed the random seed
     * @param allowed accepts questions; rejected ones are drawn again
     * @param templates the templates to draw from, such as {@link Templates#withSets}
     * @param mix the shares by hardness; null to balance categories only
     */
    public Synthesizer(long seed, Predicate<String> allowed, List<QueryTemplate> templates, @Nullable HardnessMix mix) {
        this.seed = seed;
        this.allowed = allowed;
        this.templates = List.copyOf(templates);
        this.mix = mix;
    }

    /**
     * Generates pairs. Questions are distinct by {@link QuestionText#normalised}; a question that would get two
     * different queries is left out.
     *
     * @param schema the database's structure
     * @param connection an open SQLite connection to the database; its settings are restored afterwards
     * @param count the requested number of pairs; the result is smaller if the database allows no more
     * @return the pairs in the order of generation
     * @throws SqlTuneException if the database can't be read
     */
    public List<SyntheticPair> synthesize(Schema schema, Connection connection, int count) {
        DatabaseProfile profile = DatabaseProfiler.profile(schema, connection);
        try (ConnectionRunner runner = new ConnectionRunner(connection)) {
            return synthesize(profile, runner, count);
        } catch (SQLException e) {
            throw new SqlTuneException(
                    "Can't query the database: " + e.getMessage() + ". Give an SQLite database that can be read", e);
        }
    }

    /**
     * Like {@link #synthesize(Schema, Connection, int)}, for a database that was profiled before.
     *
     * @param runner runs queries on it
     * @throws SqlTuneException if a query is refused
     */
    public List<SyntheticPair> synthesize(DatabaseProfile database, DraftRunner runner, int count) {
        return new Run(database, new PairChecker(runner), new Choice(seed), new Demand(mix, count)).pairs(count);
    }

    /** A template and a table, with the number of consecutive draws that gave nothing new. */
    private static final class Turn {
        private final QueryTemplate template;
        private final TableProfile table;
        private int empty;

        Turn(QueryTemplate template, TableProfile table) {
            this.template = template;
            this.table = table;
        }
    }

    /** The state of one synthesis. */
    private final class Run {
        private final DatabaseProfile database;
        private final PairChecker checker;
        private final Choice choice;
        private final Demand demand;
        private final Map<QueryCategory, Deque<Turn>> turns = new EnumMap<>(QueryCategory.class);
        private final Map<QueryCategory, Integer> made = new EnumMap<>(QueryCategory.class);
        private final Map<String, Integer> drawn = new HashMap<>();
        private final Map<String, SyntheticPair> byQuestion = new HashMap<>();
        private final Set<String> ambiguous = new HashSet<>();
        private final List<SyntheticPair> pairs = new ArrayList<>();

        Run(DatabaseProfile database, PairChecker checker, Choice choice, Demand demand) {
            this.database = database;
            this.checker = checker;
            this.choice = choice;
            this.demand = demand;
        }

        List<SyntheticPair> pairs(int count) {
            List<Turn> all = new ArrayList<>();
            for (QueryTemplate template : templates) {
                database.tables().forEach(table -> all.add(new Turn(template, table)));
            }
            for (Turn turn : choice.shuffled(all)) {
                turns.computeIfAbsent(turn.template.category(), c -> new ArrayDeque<>())
                        .add(turn);
            }
            while (pairs.size() < count) {
                Optional<QueryCategory> next = poorest();
                if (next.isEmpty()) {
                    break;
                }
                play(Objects.requireNonNull(turns.get(next.get())));
            }
            return List.copyOf(pairs);
        }

        /** Returns the category with the fewest pairs among those that have turns left. */
        private Optional<QueryCategory> poorest() {
            return turns.entrySet().stream()
                    .filter(entry -> !entry.getValue().isEmpty())
                    .map(Map.Entry::getKey)
                    .min((a, b) -> Integer.compare(made.getOrDefault(a, 0), made.getOrDefault(b, 0)));
        }

        private void play(Deque<Turn> queue) {
            Turn turn = next(queue);
            queue.remove(turn);
            boolean found = false;
            for (int i = 0; i < THROWS_A_TURN && !found; i++) {
                found = toss(turn);
            }
            turn.empty = found ? 0 : turn.empty + 1;
            drawn.merge(turn.template.id(), found ? 1 : 0, Integer::sum);
            if (turn.empty < (demand.isLimited() ? EMPTY_TURNS_OF_A_MIX : EMPTY_TURNS_BEFORE_GIVING_UP)) {
                queue.add(turn);
            }
        }

        /** Returns the first turn of a template with the fewest pairs, whether it suits one table or all. */
        private Turn next(Deque<Turn> queue) {
            Turn next = queue.element();
            for (Turn turn : queue) {
                if (drawn(turn) < drawn(next)) {
                    next = turn;
                }
            }
            return next;
        }

        private int drawn(Turn turn) {
            return drawn.getOrDefault(turn.template.id(), 0);
        }

        private boolean toss(Turn turn) {
            Optional<Draft> draft = turn.template.rule().draw(new DraftScope(database, turn.table, choice));
            return draft.filter(d -> demand.wants(d.sql()))
                    .filter(checker::answers)
                    .map(d -> keep(new SyntheticPair(
                            writer.write(d, choice),
                            d.sql(),
                            turn.template.category(),
                            turn.template.id(),
                            turn.table.name())))
                    .orElse(false);
        }

        private boolean keep(SyntheticPair pair) {
            String question = QuestionText.normalised(pair.question());
            if (ambiguous.contains(question) || !allowed.test(pair.question())) {
                return false;
            }
            SyntheticPair other = byQuestion.putIfAbsent(question, pair);
            if (other == null) {
                pairs.add(pair);
                made.merge(pair.category(), 1, Integer::sum);
                demand.made(pair.sql(), 1);
                return true;
            }
            if (!other.sql().equals(pair.sql())) {
                ambiguous.add(question);
                pairs.remove(other);
                made.merge(other.category(), -1, Integer::sum);
                demand.made(other.sql(), -1);
            }
            return false;
        }
    }
}
