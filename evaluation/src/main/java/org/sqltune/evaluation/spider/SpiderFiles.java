package org.sqltune.evaluation.spider;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.data.spider.SpiderRow;
import org.sqltune.evaluation.Answers;
import org.sqltune.evaluation.spider.SpiderEvaluator.SpiderPair;
import org.sqltune.evaluation.spider.grammar.PythonText;

/**
 * Reads predictions and gold queries. A predictions file has one prediction per line; text after a tab is ignored. An
 * empty line is an empty prediction, except at the end, or if the number of predictions fits without empty lines.
 * Gold queries are Spider's JSON, or lines of {@code SQL<tab>db_id}.
 */
public final class SpiderFiles {
    private SpiderFiles() {}

    /**
     * Reads the pairs of both files, in order.
     *
     * @throws SqlTuneException if a file can't be read, or the files don't belong together
     */
    public static List<SpiderPair> pairs(Path predictions, Path gold) {
        List<Gold> wanted = gold(gold);
        List<String> found = predictions(predictions, wanted.size());
        List<SpiderPair> pairs = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            pairs.add(
                    new SpiderPair(i, wanted.get(i).databaseId(), wanted.get(i).sql(), found.get(i)));
        }
        return pairs;
    }

    private static List<String> predictions(Path file, int expected) {
        List<String> all = lines(file).stream()
                .map(line -> PythonText.strip(line).split("\t", 2)[0])
                .toList();
        List<String> present = all.stream().filter(line -> !line.isEmpty()).toList();
        if (present.size() == expected) {
            return present;
        }
        if (all.size() >= expected && all.subList(expected, all.size()).stream().allMatch(String::isEmpty)) {
            return all.subList(0, expected);
        }
        throw new SqlTuneException(file + " has " + all.size() + " predictions for " + expected
                + " gold queries; write one per line, in the gold file's order");
    }

    /**
     * Reads the questions of both files with their answers, in order. Ids are line numbers from 0.
     *
     * @param schemas the schemas of the databases
     * @throws SqlTuneException if a file can't be read, the files don't belong together, or {@code tables.json} lacks
     *     a database
     */
    public static Answers answers(Path predictions, Path gold, SpiderSchemas schemas) {
        List<Gold> wanted = gold(gold);
        List<Example> examples = new ArrayList<>();
        for (Gold each : wanted) {
            schemas.require(each.databaseId());
            examples.add(new Example(
                    String.valueOf(examples.size()),
                    each.databaseId(),
                    each.question(),
                    schemas.structure(each.databaseId()),
                    each.sql()));
        }
        return Answers.of(examples, predictions(predictions, wanted.size()));
    }

    private static List<Gold> gold(Path file) {
        if (!file.toString().endsWith(".json")) {
            return goldLines(file);
        }
        return SpiderRow.readGold(file, "gold").stream()
                .map(row -> new Gold(PythonText.strip(row.query()), row.databaseId(), row.question()))
                .toList();
    }

    private static List<Gold> goldLines(Path file) {
        List<Gold> gold = new ArrayList<>();
        for (String line : lines(file)) {
            String[] fields = PythonText.strip(line).split("\t", -1);
            if (fields.length == 2) {
                gold.add(new Gold(fields[0], fields[1], ""));
            } else if (!line.isBlank()) {
                throw new SqlTuneException(file + ": line " + (gold.size() + 1) + " has " + fields.length
                        + " fields; it needs two, the SQL and the db_id, with a tab between them");
            }
        }
        return gold;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new SqlTuneException(file + " isn't UTF-8; convert it", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static SqlTuneException unreadable(Path file, IOException cause) {
        return new SqlTuneException("Can't read " + file + ": " + cause + "; check the path", cause);
    }

    private record Gold(String sql, String databaseId, String question) {}
}
