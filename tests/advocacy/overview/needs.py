"""What the first page says has to be done."""

import httpx


def acts_on(page: httpx.Response) -> list[str]:
    rows = (
        page.text.split('id="h-now"')[1]
        .split("</section>")[0]
        .split("<details>")[0]
        .split("<h3>")[1:]
    )
    return [row.split(">")[1].split(":")[0] for row in rows]
