package org.sqltune.synthesis;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.sql.hardness.QueryHardness;

/**
 * The shares of pairs by hardness.
 *
 * @param weights weights by hardness, relative to each other; a level without weight gets no pairs
 */
public record HardnessMix(Map<QueryHardness, Double> weights) {
    /** The mix of Spider's training part, rounded. */
    public static final HardnessMix SPIDER = new HardnessMix(Map.of(
            QueryHardness.EASY, 0.24,
            QueryHardness.MEDIUM, 0.39,
            QueryHardness.HARD, 0.19,
            QueryHardness.EXTRA, 0.18));

    /** @throws ConfigException if no weight is above 0, or one is negative */
    public HardnessMix {
        if (weights.values().stream().anyMatch(weight -> !(weight >= 0))
                || weights.values().stream().mapToDouble(Double::doubleValue).sum() <= 0) {
            throw new ConfigException(
                    "hardness", List.of("can't be mixed as " + weights + ": give weights of at least 0, one above"));
        }
        weights = Collections.unmodifiableMap(new EnumMap<>(weights));
    }

    /**
     * Reads a mix.
     *
     * @param text {@code easy=1,medium=2,hard=1,extra=1}, or {@code spider} for {@link #SPIDER}
     * @throws ConfigException if it is neither
     */
    public static HardnessMix of(String text) {
        if (text.equals("spider")) {
            return SPIDER;
        }
        Map<QueryHardness, Double> weights = new EnumMap<>(QueryHardness.class);
        for (String each : text.split(",", -1)) {
            String[] parts = each.split("=", -1);
            try {
                weights.put(QueryHardness.valueOf(parts[0].strip().toUpperCase(Locale.ROOT)), Double.valueOf(parts[1]));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new ConfigException(
                        "hardness",
                        List.of("'" + each
                                + "' isn't a weight of a hardness: write easy=1,medium=2,hard=1,extra=1, or spider"));
            }
        }
        return new HardnessMix(weights);
    }

    /**
     * Returns the number of pairs of each hardness: integers as close to the weights as possible, with the sum {@code
     * count}.
     */
    public Map<QueryHardness, Integer> quotas(int count) {
        double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        Map<QueryHardness, Integer> quotas = new EnumMap<>(QueryHardness.class);
        double exact = 0;
        int given = 0;
        for (Map.Entry<QueryHardness, Double> weight : weights.entrySet()) {
            exact += count * weight.getValue() / sum;
            int quota = (int) Math.round(exact) - given;
            quotas.put(weight.getKey(), quota);
            given += quota;
        }
        return quotas;
    }
}
