"""Drug substance compounded, filled into bags, frozen between plates, held cold and thawed again."""
