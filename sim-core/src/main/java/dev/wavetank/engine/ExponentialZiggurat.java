package dev.wavetank.engine;

/**
 * Draws exponential numbers of mean 1 with, nearly always, one random long, one multiplication and one comparison.
 *
 * <p>The area under e^-x is cut into 256 layers of equal area: 255 rectangles on top of one another and, at the bottom, a
 * rectangle with the tail. A point in a random layer nearly always lies under the curve for certain; only in the
 * remaining 2 % is an exponential needed. Inverting the distribution, -log(1 - u), is simpler, but {@code StrictMath.log}
 * takes 30 ns on JDK 17, more than an event does, and {@code Math.log} is not the same on every machine.
 *
 * <p>Source: G. Marsaglia and W. W. Tsang, "The Ziggurat Method for Generating Random Variables", J. Statistical Software
 * 5(8), 2000; the layer and the position within it are taken from different bits, as J. A. Doornik advises (2005).
 */
final class ExponentialZiggurat {
    private static final int LAYERS = 256;
    /** Where the tail begins, for 256 layers. */
    private static final double TAIL = 7.69711747013105;
    /** The area of each layer, for 256 layers. */
    private static final double AREA = 0.003949659822581557;

    /** The right end of each layer, from the bottom up; the bottom's is that of a rectangle of the same area. */
    private static final double[] RIGHT = new double[LAYERS + 1];
    /** The height of the curve at each of these ends. */
    private static final double[] HEIGHT = new double[LAYERS + 1];

    static {
        RIGHT[0] = AREA / StrictMath.exp(-TAIL);
        RIGHT[1] = TAIL;
        for (int i = 1; i < LAYERS - 1; i++) {
            RIGHT[i + 1] = -StrictMath.log(AREA / RIGHT[i] + StrictMath.exp(-RIGHT[i]));
        }
        RIGHT[LAYERS] = 0;
        for (int i = 0; i <= LAYERS; i++) {
            HEIGHT[i] = StrictMath.exp(-RIGHT[i]);
        }
    }

    private ExponentialZiggurat() {}

    static double next(RandomStream random) {
        double beyond = 0;
        while (true) {
            long bits = random.nextLong();
            int layer = (int) bits & (LAYERS - 1);
            double x = (bits >>> 11) * 0x1.0p-53 * RIGHT[layer];
            if (x < RIGHT[layer + 1]) {
                return beyond + x;
            }
            if (layer == 0) {
                beyond += TAIL; // what is beyond the start of the tail is exponential again
            } else if (isUnderTheCurve(layer, x, random.nextDouble())) {
                return beyond + x;
            }
        }
    }

    private static boolean isUnderTheCurve(int layer, double x, double upwards) {
        double y = HEIGHT[layer] + upwards * (HEIGHT[layer + 1] - HEIGHT[layer]);
        return y < StrictMath.exp(-x);
    }
}
