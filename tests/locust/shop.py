"""Shoppers for server.py, with names as real projects have them.

The built-in sample run was recorded with it:
  locust -f shop.py --headless -H http://127.0.0.1:PORT -u 24 -r 0.8 -t 240s \
         --csv sample --csv-full-history
with STORY=1, which makes the search slow between 100 s and 150 s and adds a
report from 60 s on.
"""
import os
import time

import gevent
import locust.stats
from locust import HttpUser, constant_throughput, events, task

locust.stats.CSV_STATS_FLUSH_INTERVAL_SEC = float(os.environ.get("FLUSH", "10"))
START = time.time()
STORY = "STORY" in os.environ


def tell(host):
    import urllib.request

    for at, path in ((100, "/slow-now"), (150, "/calm")):
        gevent.sleep(max(0, START + at - time.time()))
        urllib.request.urlopen(host + path).read()


@events.init.add_listener
def on_init(environment, **kwargs):
    if STORY:
        gevent.spawn(tell, environment.host or environment.parsed_options.host)


class Shopper(HttpUser):
    wait_time = constant_throughput(2)

    def on_start(self):
        self.client.post("/login", data="user=1", name="/api/login")

    @task(6)
    def products(self):
        self.client.get("/products", name="/api/products")

    @task(4)
    def product(self):
        self.client.get("/product?id=7", name="/api/products/[id]")

    @task(3)
    def search(self):
        self.client.get("/search?q=red", name='/search?q=red, "wide" shoes')

    @task(2)
    def search_zh(self):
        self.client.get("/product?q=1", name="搜索商品")

    @task(3)
    def cart(self):
        self.client.get("/cart", name="/api/cart")

    @task(2)
    def add(self):
        self.client.post("/cart", data="sku=1", name="/api/cart")

    @task(1)
    def checkout(self):
        self.client.post("/checkout", data="x=1", name="/api/checkout")

    @task(1)
    def report(self):
        if not STORY or time.time() - START > 60:
            self.client.get("/report", name="/api/report")
