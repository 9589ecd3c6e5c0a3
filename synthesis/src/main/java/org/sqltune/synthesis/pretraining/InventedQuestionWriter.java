package org.sqltune.synthesis.pretraining;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sqltune.synthesis.invention.InventedSchema;
import org.sqltune.synthesis.invention.Sampler;
import org.sqltune.synthesis.shape.AggregateShapes;
import org.sqltune.synthesis.shape.Asker;
import org.sqltune.synthesis.shape.JoinAggregateShapes;
import org.sqltune.synthesis.shape.JoinShapes;
import org.sqltune.synthesis.shape.NestedShapes;
import org.sqltune.synthesis.shape.QuestionAndSql;
import org.sqltune.synthesis.shape.SelectionShapes;

/** Writes questions about a schema in the mix of query shapes of a curriculum stage. */
final class InventedQuestionWriter {
    private static final int ATTEMPTS_PER_QUESTION = 50;

    private final Sampler random;
    private final List<QueryShape> shapes = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();
    private final PretrainingStage stage;

    InventedQuestionWriter(Asker asker, PretrainingStage stage) {
        this.random = asker.random();
        this.stage = stage;
        SelectionShapes selections = new SelectionShapes(asker);
        shape(selections::columns, 4, 2, 1);
        shape(selections::where, 6, 4, 4);
        shape(selections::whereBoth, 0.8, 0.6, 0.6);
        shape(selections::distinct, 1.5, 0.8, 0.7);
        shape(selections::ordered, 2, 1, 1);
        shape(selections::first, 2, 1, 1);
        AggregateShapes aggregates = new AggregateShapes(asker);
        shape(aggregates::count, 1, 0.6, 0.4);
        shape(aggregates::countWhere, 3, 1.5, 1.2);
        shape(aggregates::countDistinct, 0.6, 0.4, 0.4);
        shape(aggregates::aggregate, 1.5, 0.8, 0.6);
        shape(aggregates::aggregateWhere, 2, 1.2, 1.2);
        shape(aggregates::twoAggregates, 0.5, 0.4, 0.4);
        shape(aggregates::arithmetic, 0.3, 0.4, 0.5);
        shape(aggregates::groupCount, 1.5, 1.2, 1.1);
        shape(aggregates::groupAggregate, 1.2, 1, 1);
        shape(aggregates::having, 0.8, 0.7, 0.8);
        JoinShapes joins = new JoinShapes(asker);
        shape(joins::columns, 0, 1.5, 1.2);
        shape(joins::where, 0, 3, 3.5);
        shape(joins::threeTables, 0, 0.7, 2);
        JoinAggregateShapes joined = new JoinAggregateShapes(asker, joins);
        shape(joined::count, 0, 1.2, 1.4);
        shape(joined::countAll, 0, 0.3, 0.5);
        shape(joined::aggregate, 0, 1.2, 1.6);
        shape(joined::aggregateSome, 0, 0.5, 1.2);
        shape(joined::aggregateByGroup, 0, 0.5, 0.8);
        shape(joined::whereParent, 0, 1, 1.2);
        NestedShapes nested = new NestedShapes(asker);
        shape(nested::membership, 0, 1.4, 1.8);
        shape(nested::withAndWithout, 0, 0.2, 0.5);
        shape(nested::againstAggregate, 0.6, 0.8, 1);
        shape(nested::sameAs, 0.3, 0.5, 0.7);
        shape(nested::groups, 0, 0.4, 0.8);
        shape(nested::except, 0, 0.2, 0.4);
    }

    private void shape(QueryShape shape, double... weightByStage) {
        shapes.add(shape);
        weights.add(stage.weight(weightByStage));
    }

    /** Writes that many different questions, or fewer if the schema is too small. */
    List<QuestionAndSql> ask(InventedSchema schema, int count) {
        List<QuestionAndSql> asked = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        double[] mix = weights.stream().mapToDouble(Double::doubleValue).toArray();
        for (int attempt = 0; asked.size() < count && attempt < count * ATTEMPTS_PER_QUESTION; attempt++) {
            Optional<QuestionAndSql> question = shapes.get(random.weighted(mix)).ask(schema);
            question.filter(each -> seen.add(each.question())).ifPresent(asked::add);
        }
        return asked;
    }

    /** A form of query over an invented schema. */
    @FunctionalInterface
    private interface QueryShape {
        /** Draws a question of this shape; empty if the randomly chosen tables and columns don't allow it. */
        Optional<QuestionAndSql> ask(InventedSchema schema);
    }
}
