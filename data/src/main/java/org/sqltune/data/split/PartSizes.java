package org.sqltune.data.split;

import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;

/**
 * Sizes of the parts of a split: shares of the set, such as {@code 0.8,0.1,0.1}, or numbers of items, such as {@code
 * 5000,500,500}.
 *
 * @param sizes one per part: either all shares with a sum of at most 1, or all integers
 * @param shares whether they are shares
 */
public record PartSizes(List<Double> sizes, boolean shares) {
    public PartSizes {
        sizes = List.copyOf(sizes);
    }

    /**
     * Reads sizes.
     *
     * @throws ConfigException if they are neither all shares nor all numbers of items, or the shares exceed 1 in
     *     total
     */
    public static PartSizes of(List<String> texts) {
        List<Double> sizes = new ArrayList<>();
        for (String text : texts) {
            try {
                sizes.add(Double.valueOf(text.strip()));
            } catch (NumberFormatException e) {
                throw wrong(texts);
            }
        }
        boolean shares = sizes.stream().allMatch(size -> size <= 1);
        double sum = sizes.stream().mapToDouble(Double::doubleValue).sum();
        boolean whole = sizes.stream().allMatch(size -> size == Math.rint(size));
        boolean sound = sizes.size() > 1
                && sizes.stream().allMatch(size -> size >= 0)
                && sum > 0
                && (shares ? sum <= 1 + 1e-9 : whole);
        if (!sound) {
            throw wrong(texts);
        }
        return new PartSizes(sizes, shares);
    }

    /**
     * Returns the number of items of each part.
     *
     * @throws SqlTuneException if there are fewer items than requested
     */
    public List<Integer> of(int items) {
        List<Integer> result = new ArrayList<>();
        double exact = 0;
        int assigned = 0;
        for (double size : sizes) {
            exact += shares ? size * items : size;
            int next = (int) Math.min(Integer.MAX_VALUE, Math.round(exact)) - assigned;
            result.add(next);
            assigned += next;
        }
        if (assigned > items) {
            throw new SqlTuneException(
                    "There are " + items + " rows, but the parts need " + assigned + ": ask for less, or for shares");
        }
        return result;
    }

    private static ConfigException wrong(List<String> texts) {
        return new ConfigException(
                "sizes",
                List.of(String.join(",", texts) + " are no valid sizes: give shares of at most 1 together, such as"
                        + " 0.8,0.1,0.1, or numbers of rows, such as 5000,500,500"));
    }
}
