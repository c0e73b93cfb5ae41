"""Forms as pages send them."""


def typed_stages(*rows: dict[str, str]) -> dict[str, str]:
    form = {"name_en": "Way", "rows": str(len(rows))}
    return form | {
        f"stage_{number}_{name}": value
        for number, row in enumerate(rows)
        for name, value in row.items()
    }
