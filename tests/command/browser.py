"""A page in headless Chromium, spoken to by WebDriver (W3C) over chromedriver; the standard library is enough for that."""
import base64
import json
import os
import re
import shutil
import subprocess
import urllib.error
import urllib.request


class Browser:
    def __init__(self, scratch):
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                       env={**os.environ, "HOME": scratch})
        for line in self.driver.stdout:
            started = re.search(r"started successfully on port (\d+)", line)
            if started:
                self.address = f"http://127.0.0.1:{started[1]}/session"
                break
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=zh-CN", f"--user-data-dir={scratch}/profile"]
        options = {"goog:chromeOptions": {"args": arguments, "binary": shutil.which("chromium")}, "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"}}
        self.session = self.post("", {"capabilities": {"alwaysMatch": options}})["sessionId"]
        self.address += "/" + self.session

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.ask("DELETE", "")
        self.driver.terminate()
        self.driver.wait()

    def ask(self, method, what, given=None):
        body = None if given is None else json.dumps(given).encode()
        request = urllib.request.Request(self.address + what, body, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(what + ": " + error.read().decode()[:500]) from None

    def post(self, what, given):
        return self.ask("POST", what, given)

    def open(self, url):
        self.post("/url", {"url": url})

    def run(self, script, *arguments):
        return self.post("/execute/sync", {"script": script, "args": list(arguments)})

    def keys(self, text):
        """Typed into whatever has the focus, as a person does. WebDriver's own codes stand for arrows and the like."""
        actions = [{"type": kind, "value": c} for c in text for kind in ("keyDown", "keyUp")]
        self.post("/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def width(self, pixels):
        """Of the page in CSS pixels, as zoom or a narrow window makes it."""
        self.post("/goog/cdp/execute", {"cmd": "Emulation.setDeviceMetricsOverride", "params": {"width": pixels, "height": 800, "deviceScaleFactor": 2, "mobile": False}})

    def printed(self):
        """As PDF. The driver waits ten seconds and no longer, which a loaded machine may need: it is asked again."""
        for _ in range(5):
            try:
                return base64.b64decode(self.post("/print", {}))
            except RuntimeError as error:
                told = error
        raise told

    def log(self, kind):
        return self.post("/se/log", {"type": kind})

    def asked_for(self):
        """Every address that a page from disk has asked for since the last call."""
        messages = [json.loads(entry["message"])["message"] for entry in self.log("performance")]
        return [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent" and m["params"]["documentURL"].startswith("file:")]
