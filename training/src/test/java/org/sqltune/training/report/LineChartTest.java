package org.sqltune.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.sqltune.training.report.LineChart.Series;
import org.sqltune.training.report.RunHistory.Point;

class LineChartTest {
    private static final Pattern COORDINATES = Pattern.compile("[ML]([\\d.]+) ([\\d.]+)");

    @Test
    void theHighestAndLowestOfManyPointsAreDrawn() {
        List<Point> points = new ArrayList<>();
        for (int step = 1; step <= 50_000; step++) {
            points.add(new Point(step, step == 12_345 ? 9 : step == 40_000 ? 0 : 5));
        }
        String svg = draw(points);
        List<MatchResult> drawn = COORDINATES.matcher(svg).results().toList();
        assertThat(drawn).hasSizeLessThan(1000);
        List<Double> heights =
                drawn.stream().map(each -> Double.valueOf(each.group(2))).toList();
        assertThat(heights.stream().filter(each -> each < 50)).as("the peak").hasSize(1);
        assertThat(heights.stream().filter(each -> each > 150)).as("the dip").hasSize(1);
    }

    @Test
    void stepsRunFromLeftToRightWithinThePicture() {
        String svg = draw(List.of(new Point(1, 3), new Point(2, 1), new Point(3, 2)));
        List<Double> across = COORDINATES
                .matcher(svg)
                .results()
                .map(each -> Double.valueOf(each.group(1)))
                .toList();
        assertThat(across).isSorted().allSatisfy(each -> assertThat(each).isBetween(0.0, 420.0));
    }

    @Test
    void aConstantAndASinglePointAreDrawn() {
        assertThat(draw(List.of(new Point(1, 0.5), new Point(2, 0.5))))
                .contains("<path")
                .doesNotContain("NaN");
        assertThat(draw(List.of(new Point(1, 0)))).contains("<circle").doesNotContain("NaN");
    }

    @Test
    void nothingIsNothing() {
        assertThat(draw(List.of())).isEmpty();
    }

    @Test
    void ticksAreRoundNumbers() {
        assertThat(draw(List.of(new Point(0, 0), new Point(100, 2e-4))))
                .contains(">5e-5<", ">1e-4<", ">1.5e-4<", ">2e-4<", ">100<");
    }

    private static String draw(List<Point> points) {
        return new LineChart("a curve", 420, 190, List.of(new Series("loss", "train", points, true)))
                .draw()
                .source();
    }
}
