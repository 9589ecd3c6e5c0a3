package org.sqltune.data.split;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Draws a training set from several data sets by weight. The mixture has as many examples as all sets together, or
 * fewer if limited; each set gets a share according to its weight. A set with more examples than its share
 * contributes a random sample, the same in every epoch; a set with fewer is repeated, the last time as a random
 * sample. The draw depends only on sizes, weights and seed. The sets are spread evenly over the mixture, each in its
 * own order.
 */
public final class Mixture {
    private final List<String> names;
    private final List<Integer> sizes;
    private final List<Pick> picks = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * An example of the mixture.
     *
     * @param part the index of the data set
     * @param row the index of the example
     * @param copy the number of earlier occurrences of the example
     * @param place its position in the mixture, from 0 to 1
     */
    private record Pick(int part, int row, int copy, double place) {}

    /**
     * @param names the names of the data sets, which prefix ids; equal names get numbers
     * @param weights relative weights, above 0
     * @param sizes the numbers of training examples
     * @param most the maximal number of examples of the mixture; null for no limit
     * @param seed the random seed
     */
    public Mixture(List<String> names, List<Double> weights, List<Integer> sizes, @Nullable Integer most, long seed) {
        this.names = unique(names);
        this.sizes = List.copyOf(sizes);
        int all = sizes.stream().mapToInt(Integer::intValue).sum();
        int total = most == null ? all : Math.min(most, all);
        double sum = IntStream.range(0, sizes.size())
                .filter(i -> sizes.get(i) > 0)
                .mapToDouble(weights::get)
                .sum();
        for (int part = 0; part < sizes.size(); part++) {
            if (sizes.get(part) > 0) {
                int share = Math.max(1, (int) Math.round(total * weights.get(part) / sum));
                draw(part, sizes.get(part), share, new Random(seed * 31 + part));
                notes.add(String.format(
                        Locale.ROOT,
                        "%s: %d training examples are drawn from %d (weight %s, seed %d).",
                        this.names.get(part),
                        share,
                        sizes.get(part),
                        weights.get(part),
                        seed));
            }
        }
        picks.sort(Comparator.comparingDouble(Pick::place).thenComparingInt(Pick::part));
    }

    private static List<String> unique(List<String> names) {
        List<String> unique = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (String name : names) {
            String free = name;
            for (int i = 2; !taken.add(free); i++) {
                free = name + "-" + i;
            }
            unique.add(free);
        }
        return unique;
    }

    private void draw(int part, int size, int share, Random random) {
        List<Integer> rows = new ArrayList<>(IntStream.range(0, size).boxed().toList());
        List<int[]> drawn = new ArrayList<>();
        int copies = share / size;
        for (int copy = 0; copy < copies; copy++) {
            for (int row : rows) {
                drawn.add(new int[] {row, copy});
            }
        }
        Collections.shuffle(rows, random);
        rows.subList(0, share % size).stream().sorted().forEach(row -> drawn.add(new int[] {row, copies}));
        for (int i = 0; i < drawn.size(); i++) {
            picks.add(new Pick(part, drawn.get(i)[0], drawn.get(i)[1], (i + 0.5) / drawn.size()));
        }
    }

    /** Returns one sentence per data set. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /**
     * Returns the mixture.
     *
     * @param parts the training examples of each data set; an empty list leaves a set out
     * @param id returns an example's id
     * @param renamed returns an example with another id: the data set's name, the id, and for a copy its number
     */
    public <T> List<T> train(List<List<T>> parts, Function<T, String> id, BiFunction<T, String, T> renamed) {
        List<T> mixed = new ArrayList<>();
        for (Pick pick : picks) {
            List<T> part = parts.get(pick.part());
            if (part.size() == sizes.get(pick.part())) {
                T example = part.get(pick.row());
                String copy = pick.copy() == 0 ? "" : "#" + (pick.copy() + 1);
                mixed.add(renamed.apply(example, names.get(pick.part()) + ":" + id.apply(example) + copy));
            }
        }
        return mixed;
    }

    /**
     * Returns all examples of validation or test sets, one set after the other, with ids prefixed by the set's name.
     */
    public <T> List<T> joined(List<List<T>> parts, Function<T, String> id, BiFunction<T, String, T> renamed) {
        List<T> joined = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            String name = names.get(part);
            parts.get(part).forEach(each -> joined.add(renamed.apply(each, name + ":" + id.apply(each))));
        }
        return joined;
    }
}
