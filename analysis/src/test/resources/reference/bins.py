"""Writes bins.csv: values on and one ulp beside the edges of equally wide bins, with the bin that numpy.histogram
and numpy.digitize both give them. Run: python3 bins.py > bins.csv (numpy; version in the header).
Only cases are kept in which floor((c - low) / (high - low) * count) gives another bin, or the edge is not exact.
"""
import math
import numpy as np

print(f'# numpy {np.__version__}, python3 bins.py; repr of doubles')
print('low,high,count,value,bin')
seen = 0
for low, high, count in ((0.12, 0.84, 4), (0.023, 0.856, 40), (0.02, 0.856, 40), (0.008, 0.129, 40), (0.154, 0.856, 20),
                         (24000, 856000, 10), (8000000, 129000000, 7), (27000000, 129000000, 20), (0.1, 0.7, 3)):
    edges = np.histogram_bin_edges([], bins=count, range=(low, high))
    for i in range(1, count):
        for value in (np.nextafter(edges[i], -np.inf), edges[i], np.nextafter(edges[i], np.inf)):
            if not low < value < high: continue
            hist, _ = np.histogram([value], bins=count, range=(low, high))
            index = int(np.digitize([value], edges)[0]) - 1
            assert hist[index] == 1
            naive = math.floor((value - low) / (high - low) * count)
            if naive != index or (i == 1 and value == edges[i]):
                print(f'{float(low)!r},{float(high)!r},{count},{float(value)!r},{index}')
