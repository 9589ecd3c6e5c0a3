package org.sqltune.training.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.sqltune.core.io.AtomicFiles;

/** Draws training and validation loss over steps, from metrics.jsonl. */
public final class LossCurve {
    private LossCurve() {}

    /** Writes a PNG of 900 × 540 pixels; writes nothing if the log has no loss. */
    public static void draw(Path metrics, Path picture) {
        XYChart chart = new XYChartBuilder()
                .width(900)
                .height(540)
                .title("Loss")
                .xAxisTitle("step")
                .yAxisTitle("cross-entropy of a target token (nats)")
                .build();
        chart.getStyler().setYAxisMin(0.0).setLegendVisible(true);
        List<ObjectNode> lines = MetricsLog.read(metrics);
        boolean trained = addSeries(chart, "train", "loss", lines);
        boolean evaluated = addSeries(chart, "validation", "eval_loss", lines);
        if (trained || evaluated) {
            AtomicFiles.write(picture, out -> save(chart, out));
        }
    }

    private static void save(XYChart chart, java.io.OutputStream out) throws IOException {
        BitmapEncoder.saveBitmap(chart, out, BitmapFormat.PNG);
    }

    private static boolean addSeries(XYChart chart, String name, String key, List<ObjectNode> lines) {
        List<Integer> steps = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (ObjectNode line : lines) {
            if (line.path(key).isNumber()) {
                steps.add(line.path("step").asInt());
                values.add(line.path(key).asDouble());
            }
        }
        if (!steps.isEmpty()) {
            chart.addSeries(name, steps, values)
                    .setMarker(steps.size() < 30 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        }
        return !steps.isEmpty();
    }
}
