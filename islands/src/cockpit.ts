import "./styles/console.css";
import "./islands/cockpit/element";
